/**
 * Makes the demo estate in an empty database: founding, roster, programme, then half a year replayed event by event.
 * Equal seed, month and `now` make equal books, down to the root of the proof; a later day of the same month only adds
 * to the end of the same history.
 */
import { createSystemKey } from '../identity/index.ts';
import { countBook } from '../disclosure/index.ts';
import { housesOf, importRoster, peopleOf, type ProductDeps, type Relation } from '../places/index.ts';
import { scopes, type Instant, type KeyActor, type PersonActor, type Scope } from '../platform/index.ts';
import { addMonths, dayOf, monthOf, periodOfMonth, startOfDay, type Month } from '../programme/index.ts';
import { keyOf } from './bill-sheets.ts';
import { sendFunderStatement } from './funder-statement.ts';
import { Chance, createReplayIds } from './chance.ts';
import { markAsDemo } from './demo-mark.ts';
import { createCrew, createOperator, type DemoDeps, type DemoPerson } from './crew.ts';
import { bytesOf, rosterNews, rosterSheet } from './demo-files.ts';
import { createPhones, isWorked, PILOT, planEstate, VOLUNTEER, type EstateSize } from './estate-plan.ts';
import { clockTime, inOrder, type DemoEvent } from './events.ts';
import { planFees, type Householder } from './fees-plan.ts';
import { FeesReplay } from './fees-replay.ts';
import { must } from './must.ts';
import { SHOPS } from './names.ts';
import { planNeighbours, type Neighbours } from './neighbours.ts';
import { agreeTogether } from './paying-together.ts';
import { BOOK, foundPlaces } from './places.ts';
import { planPlantedOffsets, planReissue } from './planted-breaks.ts';
import { setUpProgramme } from './programme.ts';
import { askQuestions } from './questions.ts';
import { Replay } from './replay.ts';
import { SettleMonths } from './settle-months.ts';
import { planShelves, ShelvesReplay } from './shelves.ts';
import { unsynced } from './unsynced.ts';
import { planWorkedMonth } from './worked-month.ts';

export type DemoSize = EstateSize & { readonly shops: number };
export const FULL_SIZE: DemoSize = { ...PILOT, shops: SHOPS.length };

/** Months of history before the present one. */
const MONTHS = 6;
const VOLUNTEERS_IN_THOUSAND = 110;
const CUSTOMERS_IN_THOUSAND = 370;

/** Told of each step when it is done: what, and how many. */
export type Report = (step: { zh: string; en: string; count: number }) => void;

export type SeedInput = {
  seed: string;
  now: Instant;
  size: DemoSize;
  setClock: (at: Instant) => void;
  report: Report;
};

export type Made = {
  month: Month;
  estate: string;
  people: DemoPerson[];
  systemKey: string;
  /** Sample files by name, to be tried in the browser. */
  files: ReadonlyMap<string, Uint8Array>;
};

export function seedDemo(server: DemoDeps, input: SeedInput): Promise<Made> {
  return unsynced(server.engine, () => seed(server, input));
}

async function seed(server: DemoDeps, input: SeedInput): Promise<Made> {
  const { now, size, setClock, report } = input;
  const month = monthOf(now);
  const months = Array.from({ length: MONTHS }, (_, at) => addMonths(month, at - MONTHS));
  const first = months[0] ?? month;
  const stream = (part: string) => new Chance(`${input.seed}/${month}/${part}`);
  const deps: DemoDeps = { ...server, ids: createReplayIds(stream('ids'), server.clock) };
  setClock(periodOfMonth(first).start);

  const nextPhone = createPhones();
  const houses = planEstate(stream('estate'), { size, nextPhone });
  await markAsDemo(deps);
  const operator = await createOperator(deps);
  const places = await foundPlaces(deps, { operator, shopCount: size.shops });
  report({ zh: '归属', en: 'places', count: places.shops.length + 5 });
  const roster = await bytesOf(rosterSheet(houses));
  const file = { source: roster, fileName: '和美苑花名册.xlsx' };
  must(await importRoster(deps, { estate: places.estate.id, file, actor: operator, dryRun: false }));
  const residents = await findResidents(deps, places.estate.id);
  report({ zh: '住户', en: 'people', count: residents.length });
  const owners = new Map(
    residents.filter(({ relation }) => relation === 'owner').map(({ house, person }) => [house, person]),
  );
  const volunteer = owners.get(keyOf(VOLUNTEER)) ?? '';
  const named = { person: volunteer, name: VOLUNTEER.name };
  const crew = await createCrew(deps, { places, operator, volunteer: named, nextPhone });
  report({ zh: '登录账号', en: 'sign-ins', count: crew.people.length });
  await setUpProgramme(deps, places, crew);
  const tillKey = {
    name: '商户收银系统（演示）',
    scopes: ['shop:write', 'shop:spend'] as const,
    place: places.community.id,
  };
  const tills = await createKey(deps, operator, tillKey);

  const last = addMonths(month, -1);
  const neighbours = pickNeighbours(stream('neighbours'), residents);
  const homes = new Set([keyOf(VOLUNTEER), ...sharedHomes(neighbours.householders)]);
  const agreed = await agreeTogether(deps, { estate: places.estate.id, residents, homes });
  report({ zh: '同意一起抵扣的人', en: 'people who pay together', count: agreed });
  const plan = { chance: stream('events'), neighbours, shops: places.shops };
  const { householders } = neighbours;
  const days = { first: `${first}-01`, last: dayOf(periodOfMonth(month).end - 1), people: size.people };
  const events = inOrder([
    ...planWorkedMonth(volunteer, months),
    ...planPlantedOffsets(owners, last),
    planReissue(last),
    ...planFees(stream('fees'), { months: [...months, month], householders, people: size.people }),
    ...planNeighbours(plan, days),
    ...planShelves({ month, volunteers: neighbours.volunteers }),
    ...months.map((of) => ({ do: 'settle' as const, at: settledAt(of), month: of })),
  ]).filter(({ at }) => at <= now);
  const fees = new FeesReplay(deps, {
    ...{
      estate: places.estate.id,
      houses,
      plantedMonth: last,
      accountant: crew.actors.accountant,
      lead: crew.actors.lead,
    },
    seed: `${input.seed}/${month}`,
  });
  const settling = new SettleMonths(deps, { places, crew, openMonth: addMonths(last, -1) });
  const shelves = new ShelvesReplay(deps, { places, crew });
  await replayMonths(
    new Replay(deps, { places, crew, tills: tills.actor, fees, shelves, settling, setClock }),
    events,
    report,
  );

  setClock(now);
  await askQuestions(deps, crew);
  await countBook(deps, BOOK);
  await sendFunderStatement(deps, crew, { community: places.community.id, month: last });
  const system = await createKey(deps, operator, { name: '演示系统密钥', scopes, place: '' });
  const files = new Map([
    [file.fileName, roster],
    ['花名册-新入住.csv', rosterNews({ month, nextPhone })],
    ...(await fees.files()),
  ]);
  return { month, estate: places.estate.id, people: crew.people, systemKey: system.token, files };
}

async function replayMonths(replay: Replay, events: readonly DemoEvent[], report: Report): Promise<void> {
  let current = '';
  let count = 0;
  const tell = () => count > 0 && report({ zh: `${current} 的往来`, en: `events of ${current}`, count });
  for (const event of events) {
    const month = monthOf(event.at);
    if (month !== current) {
      tell();
      current = month;
      count = 0;
    }
    if (await replay.run(event)) count += 1;
  }
  tell();
}

/** On the third of the month after. */
const settledAt = (month: Month): Instant => clockTime(startOfDay(`${addMonths(month, 1)}-03`), 10);

type Resident = { person: string; house: string; relation: Relation };

async function findResidents({ engine, clock }: ProductDeps, estate: string): Promise<Resident[]> {
  const today = dayOf(clock());
  const found: Resident[] = [];
  for (const [house, { id }] of await housesOf(engine, estate)) {
    const people = await peopleOf(engine, id, today);
    found.push(...people.map(({ person, relation }) => ({ person, house, relation })));
  }
  // Sorted: the order in which a database answers is its own.
  return found.sort((a, b) => (a.person < b.person ? -1 : 1));
}

/** Where two and more have points to pay with. */
function sharedHomes(householders: readonly Householder[]): string[] {
  const homes = householders.map(({ house }) => house);
  return homes.filter((house, at) => homes.indexOf(house) !== at);
}

type Picked = Neighbours & { readonly householders: readonly Householder[] };

/** Some volunteer, more buy, and those of them who own their home offset its fees. The worked stairway is none of them. */
function pickNeighbours(chance: Chance, residents: readonly Resident[]): Picked {
  const others = residents.filter(({ house }) => !isWorked(partsOf(house)));
  const some = (inThousand: number): Resident[] => {
    const wanted = Math.max(1, Math.round((others.length * inThousand) / 1_000));
    const picked = new Set<Resident>();
    while (picked.size < wanted) picked.add(chance.pick(others));
    return [...picked];
  };
  const volunteers = some(VOLUNTEERS_IN_THOUSAND);
  const customers = some(CUSTOMERS_IN_THOUSAND);
  const householders = [...new Set([...volunteers, ...customers])]
    .filter(({ relation }) => relation !== 'tenant')
    .map(({ person, house }) => ({ member: person, house }));
  const ids = (people: readonly Resident[]) => people.map(({ person }) => person);
  return { volunteers: ids(volunteers), customers: ids(customers), householders };
}

function partsOf(house: string): { building: string; unit: string } {
  const [building = '', unit = ''] = house.split('/');
  return { building, unit };
}

async function createKey(
  { engine, ids, clock }: ProductDeps,
  by: PersonActor,
  input: { name: string; scopes: readonly Scope[]; place: string },
): Promise<{ token: string; actor: KeyActor }> {
  const id = ids();
  const made = { ...input, id, book: BOOK, createdBy: `person:${by.person}`, now: clock() };
  const { token } = await createSystemKey(engine, made);
  const { scopes: granted, place } = input;
  return { token, actor: { kind: 'key', keyId: id, scopes: granted, book: BOOK, place } };
}
