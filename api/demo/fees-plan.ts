/** The firm's year: bills on the 26th for the month to come, offsets until the 25th, the posted list in the next month. */
import { addDays, addMonths, startOfDay, type Day, type Month } from '../programme/index.ts';
import type { Chance } from './chance.ts';
import { clockTime, type DemoEvent } from './events.ts';

/** Owners and family members who may offset, each with the key of the house. */
export type Householder = { readonly member: string; readonly house: string };

/** Of a thousand people, on one day. */
const OFFSETS_A_DAY = 2.4;
const FIRST_DAY = 2;
const LAST_DAY = 24;

/** `months`: all of the history and the present one, earliest first. */
export function planFees(
  chance: Chance,
  input: { months: readonly Month[]; householders: readonly Householder[]; people: number },
): DemoEvent[] {
  const { months, householders, people } = input;
  const [first, ...later] = months;
  const [present, last, beforeLast] = [...months].reverse();
  if (first === undefined || present === undefined || later.length === 0) return [];
  const perMonth = Math.round((OFFSETS_A_DAY * people * (LAST_DAY - FIRST_DAY + 1)) / 1_000);
  return [
    { do: 'bills', at: on(`${first}-01`, 8), month: addMonths(first, -1), paid: false },
    ...months.flatMap((month): DemoEvent[] => [
      ...Array.from({ length: perMonth }, (): DemoEvent => {
        const { member, house } = chance.pick(householders);
        const day = addDays(`${month}-01`, chance.int(FIRST_DAY, LAST_DAY) - 1);
        return { do: 'offset', at: on(day, chance.int(8, 21), chance.int(0, 59)), member, house, month };
      }),
      { do: 'export', at: on(`${month}-25`, 20) },
      { do: 'bills', at: on(`${month}-26`, 9), month, paid: true },
    ]),
    // The list of last month is left to the visitor.
    ...months
      .filter((month) => month !== present && month !== last)
      .flatMap((month): DemoEvent[] => {
        const oneFenOff = month === beforeLast;
        const next = addMonths(month, 1);
        const list: DemoEvent = { do: 'posted-list', at: on(`${next}-05`, 15), month, oneFenOff };
        const comment = '已与物业核对，差一分按物业入账为准';
        return oneFenOff ? [list, { do: 'accept-breaks', at: on(`${next}-06`, 10), comment }] : [list];
      }),
  ];
}

function on(day: Day, hours: number, minutes = 0) {
  return clockTime(startOfDay(day), hours, minutes);
}
