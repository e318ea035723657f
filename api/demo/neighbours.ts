/** What the other people of the estate do in six months and in this one: services, purchases, goods taken. */
import { addDays, endOfDay, startOfDay, type Day, type Grade, type Trust } from '../programme/index.ts';
import type { Chance } from './chance.ts';
import { clockTime, type DemoEvent } from './events.ts';
import { GOODS, SERVICE_TYPES } from './names.ts';
import type { DemoShop } from './places.ts';

export type Neighbours = { readonly volunteers: readonly string[]; readonly customers: readonly string[] };

type Plan = { chance: Chance; neighbours: Neighbours; shops: readonly DemoShop[] };

const MINUTE_MS = 60_000;
/** Of a thousand people, on one day. */
const SERVICES_A_DAY = 1.9;
const PURCHASES_A_DAY = 10;
const REDEMPTIONS_A_DAY = 5;

/** Of a thousand. */
const TAKEN_BACK = 25;
const UNDONE = 40;

/** Day after day from the first to the last, both included. */
export function planNeighbours(plan: Plan, days: { first: Day; last: Day; people: number }): DemoEvent[] {
  const events: DemoEvent[] = [];
  for (let day = days.first; day <= days.last; day = addDays(day, 1)) {
    const some = (aDay: number) => timesOf(plan.chance, (aDay * days.people) / 1_000);
    for (let n = some(SERVICES_A_DAY); n > 0; n -= 1) events.push(...service(plan, day, n));
    for (let n = some(PURCHASES_A_DAY); n > 0; n -= 1) events.push(...purchase(plan, day, n));
    for (let n = some(REDEMPTIONS_A_DAY); n > 0; n -= 1) events.push(...redemption(plan, day, n));
  }
  return events;
}

/** A number that is the mean on average and differs from day to day. */
function timesOf(chance: Chance, mean: number): number {
  const thousandths = Math.round(mean * 2_000);
  return Math.round(chance.int(0, thousandths) / 1_000);
}

const STARTS = [
  [8, 30],
  [14, 0],
  [15, 30],
  [19, 0],
] as const;

function service({ chance, neighbours }: Plan, day: Day, n: number): DemoEvent[] {
  const [hours, minutes] = chance.pick(STARTS);
  const startsAt = clockTime(startOfDay(day), hours, minutes);
  const planned = chance.pick([60, 90, 120, 150]);
  const endsAt = startsAt + planned * MINUTE_MS;
  // One in twelve leaves before 60 % of the time is over.
  const stayed = chance.inThousand(80) ? Math.floor(planned * 0.45) : planned + chance.int(-10, 8);
  const attendedFrom = startsAt + chance.int(-6, 6) * MINUTE_MS;
  const attendedTo = startsAt + stayed * MINUTE_MS;
  const ref = `service-${day}-${n}`;
  const by = chance.inThousand(500) ? 'staff' : 'rater';
  const times = { startsAt, endsAt, attendedFrom, attendedTo };
  const member = chance.pick(neighbours.volunteers);
  const type = chance.pick(SERVICE_TYPES);
  const recordedAt = Math.max(attendedTo, endsAt) + chance.int(5, 60) * MINUTE_MS;
  const ratedAt = endOfDay(day) + chance.int(9 * 60, 110 * 60) * MINUTE_MS;
  return [
    { do: 'service', at: recordedAt, ref, by, service: { member, type, ...times, trust: trustOf(chance) } },
    { do: 'rating', at: ratedAt, of: ref, by: by === 'staff' ? 'rater' : 'staff', grade: gradeOf(chance) },
  ];
}

function trustOf(chance: Chance): Trust {
  const thrown = chance.int(1, 100);
  if (thrown <= 78) return 'scan';
  if (thrown <= 92) return 'roll-call';
  return thrown <= 97 ? 'paper' : 'typed';
}

function gradeOf(chance: Chance): Grade {
  const thrown = chance.int(1, 100);
  if (thrown <= 46) return 'very-satisfied';
  if (thrown <= 88) return 'satisfied';
  if (thrown <= 96) return 'fairly-satisfied';
  return thrown <= 99 ? 'dissatisfied' : 'very-dissatisfied';
}

function purchase({ chance, neighbours, shops }: Plan, day: Day, n: number): DemoEvent[] {
  // The clerk's own shop sells the most.
  const shop = chance.inThousand(250) ? 0 : chance.int(0, shops.length - 1);
  const { leastFen = 100, mostFen = 10_000 } = shops[shop] ?? {};
  const ref = `purchase-${day}-${n}`;
  const at = clockTime(startOfDay(day), chance.int(7, 20), chance.int(0, 59));
  const amountFen = chance.int(leastFen / 10, mostFen / 10) * 10;
  const member = chance.pick(neighbours.customers);
  const bought: DemoEvent = { do: 'purchase', at, ref, shop, member, amountFen };
  if (shop !== 0 || !chance.inThousand(TAKEN_BACK)) return [bought];
  const later = at + chance.int(2, 70) * 60 * MINUTE_MS;
  return [bought, { do: 'take-back', at: later, of: ref, reason: '商品质量问题，已退货' }];
}

function redemption({ chance, neighbours }: Plan, day: Day, n: number): DemoEvent[] {
  const goods = chance.pick(GOODS);
  const unit = chance.inThousand(600) ? 'VOL' : 'CON';
  const member = chance.pick(unit === 'VOL' ? neighbours.volunteers : neighbours.customers);
  const at = clockTime(startOfDay(day), chance.int(9, 19), chance.int(0, 30));
  const ref = `redemption-${day}-${n}`;
  const what = { member, unit, points: goods.points[unit], goods: goods.name };
  const taken: DemoEvent = { do: 'redemption', at, ref, shop: chance.int(0, 1), ...what };
  if (!chance.inThousand(UNDONE)) return [taken];
  return [taken, { do: 'undo', at: at + 12 * MINUTE_MS, of: ref, reason: '拿错了商品' }];
}
