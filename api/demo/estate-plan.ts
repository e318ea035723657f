/** Houses and people of the demo estate: 348 houses, 821 people, owners with their families, and tenants. */
import type { Chance } from './chance.ts';
import { fullName, givenName, surname } from './names.ts';

export type PlannedPerson = { name: string; phone: string; relation: 'owner' | 'family' | 'tenant' };
export type PlannedHouse = {
  building: string;
  unit: string;
  room: string;
  /** Square metres in hundredths. */
  areaHundredths: number;
  people: PlannedPerson[];
};
export type EstateSize = { readonly houses: number; readonly people: number };

export const PILOT: EstateSize = { houses: 348, people: 821 };

/** The volunteer of the worked month, and her house of 98.60 m². */
export const VOLUNTEER = { name: '李慧芳', building: '3', unit: '2', room: '0501' };

const WORKED_STAIRWAY = { building: 3, unit: 2 };
const FLOORS = 6;
const ROOMS_A_FLOOR = 2;
const HOUSES_A_UNIT = FLOORS * ROOMS_A_FLOOR;
const UNITS_A_BUILDING = 3;
const MOST_IN_A_HOUSE = 5;
const WORKED_AREA = 9_860;
const AREAS = [7_240, 8_850, 8_915, 9_860, 10_320, 11_780];

/** Fictional numbers in a row, each given once: 138 0000 0001 and on. */
export function createPhones(): () => string {
  let given = 0;
  return () => `1380000${String((given += 1)).padStart(4, '0')}`;
}

export function planEstate(
  chance: Chance,
  input: { size: EstateSize; nextPhone: () => string },
): PlannedHouse[] {
  const { size, nextPhone } = input;
  const houses = planHouses(chance, size.houses);
  const volunteer = houses.find(
    ({ building, unit, room }) =>
      building === VOLUNTEER.building && unit === VOLUNTEER.unit && room === VOLUNTEER.room,
  );
  if (!volunteer) throw new RangeError('the estate is too small for the house of the worked month');
  volunteer.people.push({ name: VOLUNTEER.name, phone: nextPhone(), relation: 'owner' });
  for (const house of houses) {
    if (house !== volunteer) {
      house.people.push({ name: fullName(chance), phone: nextPhone(), relation: 'owner' });
    }
  }
  for (let more = size.people - size.houses; more > 0; more -= 1) {
    addSomebody(chance, pickHouse(chance, houses), nextPhone());
  }
  return houses;
}

/** Building by building, as the roster lists them. The unit of the worked month is always there. */
function planHouses(chance: Chance, count: number): PlannedHouse[] {
  const units = [WORKED_STAIRWAY];
  for (let building = 1; units.length < Math.ceil(count / HOUSES_A_UNIT); building += 1) {
    for (let unit = 1; unit <= UNITS_A_BUILDING; unit += 1) {
      if (!isWorked({ building, unit })) units.push({ building, unit });
    }
  }
  const rooms = units.flatMap(({ building, unit }) =>
    Array.from({ length: HOUSES_A_UNIT }, (_, at) => {
      const floor = Math.floor(at / ROOMS_A_FLOOR) + 1;
      const room = `${String(floor).padStart(2, '0')}${String((at % ROOMS_A_FLOOR) + 1).padStart(2, '0')}`;
      return { building, unit, room };
    }),
  );
  return rooms
    .slice(0, count)
    .sort((a, b) => a.building - b.building || a.unit - b.unit || a.room.localeCompare(b.room))
    .map(({ building, unit, room }) => ({
      building: String(building),
      unit: String(unit),
      room,
      // The rooms of the worked month's stairway are all alike; their bills are the worked 118.32.
      areaHundredths: isWorked({ building, unit }) ? WORKED_AREA : chance.pick(AREAS),
      people: [],
    }));
}

/** The stairway whose residents the worked month and the planted breaks are about. */
export function isWorked(stairway: { building: number | string; unit: number | string }): boolean {
  const { building, unit } = WORKED_STAIRWAY;
  return Number(stairway.building) === building && Number(stairway.unit) === unit;
}

function pickHouse(chance: Chance, houses: readonly PlannedHouse[]): PlannedHouse {
  for (;;) {
    const house = chance.pick(houses);
    if (house.people.length < MOST_IN_A_HOUSE) return house;
  }
}

/** One house in seven is let; elsewhere the owner's family, of whom the young carry the owner's name. */
function addSomebody(chance: Chance, house: PlannedHouse, phone: string): void {
  const [owner, ...others] = house.people;
  const isLet = others.length === 0 ? chance.inThousand(140) : others.some((p) => p.relation === 'tenant');
  const relation = isLet ? 'tenant' : 'family';
  const inherits = relation === 'family' && chance.inThousand(500);
  for (;;) {
    const family = inherits ? owner?.name.slice(0, 1) : undefined;
    const name = (family ?? surname(chance)) + givenName(chance);
    if (house.people.some((person) => person.name === name)) continue;
    house.people.push({ name, phone, relation });
    return;
  }
}
