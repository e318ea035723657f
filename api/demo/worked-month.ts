/**
 * The volunteer's own six months. They end in the worked month of the documentation: Saturday 19:00–21:30, very
 * satisfied, is 36; she then holds 3,189 CON and 36 VOL, and what she has is exactly what offsets her next bill.
 */
import {
  addDays,
  periodOfMonth,
  startOfDay,
  dayOf,
  weekdayOf,
  type Day,
  type Month,
} from '../programme/index.ts';
import { clockTime, type DemoEvent } from './events.ts';

const MINUTE_MS = 60_000;

/** Two hours each, satisfied: 30 points each. What they give is spent again before the worked month. */
const EARLIER_SERVICES = ['人居环境', '垃圾分类', '助老服务', '平安巡逻', '文明劝导'] as const;

/** Paid at the till, in fen; together 900 whole yuan, which the tissues take, and 2,000, which last month's offset takes. */
const EARLIER_PURCHASES = [16_850, 20_480, 15_320, 22_790, 14_860] as const;
const EARLIER_LARGE_PURCHASES = [40_050, 40_000, 40_080, 40_020, 40_060] as const;
/** Together 3,189 whole yuan, each below the day's 500. */
const LAST_PURCHASES = [49_820, 48_600, 47_530, 49_260, 46_880, 39_990, 37_150] as const;

/** `months`: the six before this one, earliest first. */
export function planWorkedMonth(member: string, months: readonly Month[]): DemoEvent[] {
  const worked = months.at(-1);
  if (worked === undefined) throw new RangeError('the worked month is missing');
  const earlier = months.slice(0, -1);
  return [
    ...earlier.flatMap((month, at) => [
      ...service({ member, day: saturdayAfter(month, 8), hour: 9, type: EARLIER_SERVICES[at] ?? '人居环境' }),
      ...purchases(member, month, [EARLIER_PURCHASES[at] ?? 0, EARLIER_LARGE_PURCHASES[at] ?? 0]),
    ]),
    ...spending(member, months),
    // All at one shop: one line of the quote.
    ...purchases(member, worked, LAST_PURCHASES, 1),
    ...workedSaturday(member, worked),
  ];
}

function service(input: { member: string; day: Day; hour: number; type: string }): DemoEvent[] {
  const startsAt = clockTime(startOfDay(input.day), input.hour);
  const endsAt = startsAt + 120 * MINUTE_MS;
  const ref = `worked-service-${input.day}`;
  const times = {
    startsAt,
    endsAt,
    attendedFrom: startsAt - 4 * MINUTE_MS,
    attendedTo: endsAt + 6 * MINUTE_MS,
  };
  const record = { member: input.member, type: input.type, ...times, trust: 'scan' as const };
  const rating = { of: ref, by: 'rater' as const, grade: 'satisfied' as const };
  return [
    { do: 'service', at: endsAt + 30 * MINUTE_MS, ref, by: 'staff', service: record },
    { do: 'rating', at: endsAt + 26 * 60 * MINUTE_MS, ...rating },
  ];
}

/** Rated on the Sunday, with one more service of that day that still waits for the staff to rate it. */
function workedSaturday(member: string, month: Month): DemoEvent[] {
  const sunday = lastWeekendOf(month);
  const saturday = addDays(sunday, -1);
  const startsAt = clockTime(startOfDay(saturday), 19);
  const endsAt = clockTime(startOfDay(saturday), 21, 30);
  const record = { member, startsAt, endsAt, attendedFrom: startsAt, attendedTo: endsAt };
  const morning = clockTime(startOfDay(sunday), 8, 30);
  const noon = clockTime(startOfDay(sunday), 10, 30);
  const waiting = { member, startsAt: morning, endsAt: noon, attendedFrom: morning, attendedTo: noon };
  const ref = 'worked-saturday';
  return [
    {
      ...{ do: 'service', at: endsAt + 15 * MINUTE_MS, ref, by: 'staff' },
      service: { ...record, type: '平安巡逻', trust: 'scan' },
    },
    { do: 'rating', at: noon, of: ref, by: 'rater', grade: 'very-satisfied' },
    {
      ...{ do: 'service', at: noon + 40 * MINUTE_MS, ref: 'worked-sunday', by: 'rater' },
      service: { ...waiting, type: '垃圾分类', trust: 'roll-call' },
    },
  ];
}

function purchases(member: string, month: Month, amounts: readonly number[], shops = 3): DemoEvent[] {
  return amounts.map((amountFen, at) => {
    const day = addDays(`${month}-01`, 1 + at * 3);
    const ref = `worked-purchase-${day}`;
    return {
      do: 'purchase',
      at: clockTime(startOfDay(day), 17, 20 + at),
      ref,
      shop: at % shops,
      member,
      amountFen,
    };
  });
}

/** Five services of 30 and 900 consumer points, all spent before the worked month begins. */
function spending(member: string, months: readonly Month[]): DemoEvent[] {
  const take = (
    month: Month | undefined,
    date: number,
    what: { unit: string; points: number; goods: string },
  ) => {
    if (month === undefined) return [];
    const day = addDays(`${month}-01`, date - 1);
    const ref = `worked-redemption-${day}`;
    return [
      { do: 'redemption' as const, at: clockTime(startOfDay(day), 18, 5), ref, shop: 0, member, ...what },
    ];
  };
  return [
    ...take(months.at(-4), 25, { unit: 'VOL', points: 60, goods: '食用油一瓶' }),
    ...take(months.at(-2), 24, { unit: 'VOL', points: 60, goods: '食用油一瓶' }),
    ...take(months.at(-2), 25, { unit: 'VOL', points: 30, goods: '鸡蛋一板' }),
    ...take(months.at(-2), 26, { unit: 'CON', points: 900, goods: '抽纸一提' }),
  ];
}

/** The first Saturday on or after a date of the month. */
function saturdayAfter(month: Month, date: number): Day {
  let day = addDays(`${month}-01`, date - 1);
  while (weekdayOf(day) !== 6) day = addDays(day, 1);
  return day;
}

/** The Sunday of the last weekend that lies wholly in the month. */
function lastWeekendOf(month: Month): Day {
  let day = dayOf(periodOfMonth(month).end - 1);
  while (weekdayOf(day) !== 7) day = addDays(day, -1);
  return day;
}
