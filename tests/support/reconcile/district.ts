/**
 * A district's month, our side of it: estates, their houses, and the offsets that were handed over to the firms. Set L of
 * the documentation has 402 estates and 140,000 offsets.
 */
import { Chance } from '../../../api/demo/chance.ts';
import type { OurOffset } from '../../../api/fees/reconcile/reconciliation.ts';

export type DistrictSize = { estates: number; offsets: number };
export const SET_L: DistrictSize = { estates: 402, offsets: 140_000 };

export type EstateMonth = {
  /** `017`, its place in the district. */
  code: string;
  /** Every house, also those that offset nothing. */
  houses: string[];
  offsets: OurOffset[];
};

const MONTH = '2026-06';
const MONTH_BEFORE = '2026-05';
const CAP_FEN = 5_000;
const ESTATES_A_FIRM = 3;
/** What points pay: nearly everybody's fee, and some people's parking. */
export const ITEMS = ['物业服务费', '车位费'] as const;
/** Of a thousand houses: those without an offset, those with one for the month before, and with one for parking as well. */
const EMPTY = 30;
const TWO_MONTHS = 30;
const TWO_ITEMS = 60;
/** Of a thousand rooms with a zero in front: those with a room of the same digits and no zero beside them, 501 and 0501. */
const BARE_TWINS = 15;
/** The days on which offsets are handed over; what is made later waits for the next. */
const HAND_OVERS = ['2026-06-10', '2026-06-18', '2026-06-25'] as const;

export function* districtOf(seed: string, { estates, offsets }: DistrictSize): Generator<EstateMonth> {
  let [left, made] = [offsets, 0];
  for (let at = 0; at < estates; at += 1) {
    const chance = new Chance(`${seed}/estate/${at}`);
    const even = left / (estates - at);
    const wanted = at === estates - 1 ? left : Math.round((even * chance.int(60, 140)) / 100);
    if (at % ESTATES_A_FIRM === 0) made = 0;
    const month = monthOf(chance, { at, wanted, numbered: made });
    made += wanted;
    left -= wanted;
    yield month;
  }
}

function monthOf(
  chance: Chance,
  { at, wanted, numbered }: { at: number; wanted: number; numbered: number },
): EstateMonth {
  const code = String(at).padStart(3, '0');
  const houses: string[] = [];
  const plans: Omit<OurOffset, 'id' | 'number'>[] = [];
  for (const house of housesOf(chance)) {
    if (plans.length >= wanted) break;
    houses.push(house);
    if (chance.inThousand(EMPTY)) continue;
    const [fee, parking] = ITEMS;
    plans.push(planOf(chance, { house, item: fee, period: MONTH }));
    if (plans.length < wanted && chance.inThousand(TWO_MONTHS)) {
      plans.push(planOf(chance, { house, item: fee, period: MONTH_BEFORE }));
    }
    if (plans.length < wanted && chance.inThousand(TWO_ITEMS)) {
      plans.push(planOf(chance, { house, item: parking, period: MONTH }));
    }
  }
  // Numbers are given in the order in which residents came, not in that of their houses.
  const prefix = prefixOf(Math.floor(at / ESTATES_A_FIRM));
  const offsets = plans
    .sort((a, b) => (a.offsetOn < b.offsetOn ? -1 : Number(a.offsetOn > b.offsetOn)))
    .map((plan, nth): OurOffset => {
      const number = `${prefix}-2606-${String(numbered + nth + 1).padStart(5, '0')}`;
      return { ...plan, id: number, number };
    });
  return { code, houses, offsets };
}

/** Each firm numbers its offsets by itself, under two letters of its own. */
function prefixOf(firm: number): string {
  return String.fromCharCode(65 + (Math.floor(firm / 26) % 26), 65 + (firm % 26));
}

/** Building by building without an end; two in three estates write their rooms with a zero in front. */
function* housesOf(chance: Chance): Generator<string> {
  const zeros = chance.inThousand(667);
  const floors = chance.pick([6, 6, 11, 18, 26]);
  const doors = chance.int(2, 4);
  const units = chance.int(1, 4);
  for (let building = 1; ; building += 1) {
    for (let unit = 1; unit <= units; unit += 1) {
      for (let floor = 1; floor <= floors; floor += 1) {
        for (let door = 1; door <= doors; door += 1) {
          const room = `${floor}${String(door).padStart(2, '0')}`;
          yield `${building}-${unit}-${zeros ? room.padStart(4, '0') : room}`;
          if (zeros && room.length < 4 && chance.inThousand(BARE_TWINS)) yield `${building}-${unit}-${room}`;
        }
      }
    }
  }
}

function planOf(
  chance: Chance,
  line: Pick<OurOffset, 'house' | 'item' | 'period'>,
): Omit<OurOffset, 'id' | 'number'> {
  // Flats of one kind are alike, so that neighbours are billed the same.
  const amountFen = chance.pick([71, 86, 99, 99, 118, 132]) * chance.pick([120, 160, 220]);
  const most = Math.min(CAP_FEN, Math.floor(amountFen * 0.3));
  // Half of the households have more points than the rule lets them use.
  const valueFen = chance.inThousand(500) ? most : chance.int(100, most);
  const offsetOn = dayOfJune(chance.int(1, 25));
  const exportedOn = HAND_OVERS.find((day) => day >= offsetOn) ?? HAND_OVERS[2];
  return {
    ...{ ...line, valueFen, offsetOn, exportedOn, billIssue: 1 },
    bill: { issue: 1, amountFen, cancelled: false },
  };
}

function dayOfJune(day: number): OurOffset['offsetOn'] {
  return `2026-06-${String(day).padStart(2, '0')}`;
}
