/** How people mistype: rooms and voucher numbers. */
import type { Chance } from '../../../api/demo/chance.ts';

const DIGITS = [...'0123456789'];

/** One digit replaced, mostly; else two changed over, or a leading zero left out. */
export function mistypedRoom(chance: Chance, house: string): string {
  const [head, room] = partsOf(house);
  const how = chance.int(1, 100);
  if (how > 85 && room.startsWith('0')) return head + room.slice(1);
  const at = chance.int(0, room.length - 2);
  const [one = '', two = ''] = room.slice(at, at + 2);
  if (how > 75 && one !== two) return `${head}${room.slice(0, at)}${two}${one}${room.slice(at + 2)}`;
  return head + withOtherDigit(chance, room, chance.int(0, room.length - 1));
}

/** Another house of the same unit whose room differs in one digit; undefined where there is none. */
export function nextDoor(chance: Chance, house: string, houses: readonly string[]): string | undefined {
  const [unit, room] = partsOf(house);
  const near = houses.filter((other) => {
    const [otherUnit, otherRoom] = partsOf(other);
    return otherUnit === unit && otherRoom.length === room.length && differing(room, otherRoom) === 1;
  });
  return near.length === 0 ? undefined : chance.pick(near);
}

function partsOf(house: string): [unit: string, room: string] {
  const end = house.lastIndexOf('-') + 1;
  return [house.slice(0, end), house.slice(end)];
}

function differing(one: string, other: string): number {
  return [...one].filter((sign, at) => sign !== other[at]).length;
}

/** Lost in six of ten; in two a number that is nobody's, in two another resident's. */
export function mistypedNumber(chance: Chance, number: string, known: ReadonlySet<string>): string {
  const how = chance.int(1, 10);
  if (how <= 6) return '';
  for (let tries = 0; tries < 20; tries += 1) {
    const other = withOtherDigit(chance, number, number.length - chance.int(1, 3));
    if (known.has(other) === how > 8) return other;
  }
  return '';
}

function withOtherDigit(chance: Chance, text: string, at: number): string {
  const digit = chance.pick(DIGITS.filter((each) => each !== text[at]));
  return text.slice(0, at) + digit + text.slice(at + 1);
}
