/**
 * How well an offset and a row fit that do not agree in everything under one number. Numbers, houses, periods, amounts and
 * days are weighed; too little in common is no pair at all, however well the rest fits.
 */
import { daysBetween, type Day } from '../../programme/rules/index.ts';
import { sameItem, type OurOffset, type PostedRow } from './reconciliation.ts';

const MOST_DRIFT_DAYS = 3;
/** An amount this near may be a slip of the pen; further away it is another amount. */
const CLOSE_FEN = 100;

/**
 * Undefined when the two must not be paired by machine. `alike`: two different houses share a likeness key. `days`: those
 * on which the row may say that it was posted, give or take three.
 */
export function scoreOf(
  offset: OurOffset,
  row: PostedRow,
  alike: boolean,
  days: readonly Day[] = [offset.offsetOn],
): number | undefined {
  const number = offset.number === row.offsetNumber;
  const house = offset.house === row.house;
  const period = offset.period === row.period;
  const amount = offset.valueFen === row.amountFen;
  const agreed = Number(number) + Number(house) + Number(period) + Number(amount);
  if (agreed < 2) return undefined;
  if (!amount && (number || Math.abs(offset.valueFen - row.amountFen) > CLOSE_FEN)) return undefined;
  if (!house && !alike && !number) return undefined;
  const near = isNear(row, days);
  // Firms post in batches, so the day says little when all else is equal, and is needed when something is not.
  if (agreed === 2 && !near && !number) return undefined;
  return (
    (number ? 40 : 0) +
    (house ? 40 : alike ? 15 : 0) +
    (period ? 30 : 0) +
    (amount ? 30 : 10) +
    itemScore(offset, row) +
    (near ? 8 : 0)
  );
}

/** Another item weighs more than a day: of two offsets of a house, the row is of the one whose item it names. */
function itemScore(offset: OurOffset, row: PostedRow): number {
  if (!sameItem(offset, row)) return -10;
  return offset.item !== '' && row.item !== '' ? 5 : 0;
}

/** How near within the three days says nothing, since days are off by as much. */
function isNear({ postedOn }: PostedRow, days: readonly Day[]): boolean {
  if (postedOn === null) return false;
  return days.some((day) => day === postedOn || Math.abs(daysBetween(day, postedOn)) <= MOST_DRIFT_DAYS);
}

/**
 * The keys under which a mistyped room is found again: one character replaced, or the leading zeros lost. Two houses
 * are alike when they share a key. A key belongs to a few dozen houses of an estate at most.
 */
export function likenessKeys(house: string): string[] {
  const end = house.lastIndexOf('-') + 1;
  const head = house.slice(0, end);
  const room = house.slice(end);
  const keys = [`${head}${room.replace(/^0+(?=.)/, '')}`];
  for (let at = 0; at < room.length; at += 1) keys.push(`${head}${room.slice(0, at)}*${room.slice(at + 1)}`);
  return keys;
}

export function areAlike(one: string, other: string): boolean {
  const keys = likenessKeys(one);
  return likenessKeys(other).some((key) => keys.includes(key));
}
