/**
 * Makes the demo estate in an empty database: founding, roster, programme, then half a year replayed event by event.
 * Equal seed, month and `now` make equal books, down to the root of the proof; a later day of the same month only adds
 * to the end of the same history.
 */
import { createSystemKey } from '../identity/index.ts';
import { housesOf, houseKey, importRoster, peopleOf, type ProductDeps } from '../places/index.ts';
import { scopes, type Instant, type KeyActor, type PersonActor, type Scope } from '../platform/index.ts';
import { addMonths, dayOf, monthOf, periodOfMonth, type Month } from '../programme/index.ts';
import { Chance, createReplayIds } from './chance.ts';
import { createCrew, createOperator, type DemoDeps, type DemoPerson } from './crew.ts';
import { bytesOf, rosterSheet } from './demo-files.ts';
import { createPhones, PILOT, planEstate, VOLUNTEER, type EstateSize } from './estate-plan.ts';
import { inOrder, type DemoEvent } from './events.ts';
import { must } from './must.ts';
import { SHOPS } from './names.ts';
import { planNeighbours, type Neighbours } from './neighbours.ts';
import { BOOK, foundPlaces } from './places.ts';
import { setUpProgramme } from './programme.ts';
import { Replay } from './replay.ts';
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

export async function seedDemo(server: DemoDeps, input: SeedInput): Promise<Made> {
  const { now, size, setClock, report } = input;
  const month = monthOf(now);
  const months = Array.from({ length: MONTHS }, (_, at) => addMonths(month, at - MONTHS));
  const first = months[0] ?? month;
  const stream = (part: string) => new Chance(`${input.seed}/${month}/${part}`);
  const deps: DemoDeps = { ...server, ids: createReplayIds(stream('ids'), server.clock) };
  setClock(periodOfMonth(first).start);

  const nextPhone = createPhones();
  const houses = planEstate(stream('estate'), { size, nextPhone });
  const operator = await createOperator(deps);
  const places = await foundPlaces(deps, { operator, shopCount: size.shops });
  report({ zh: '归属', en: 'places', count: places.shops.length + 5 });
  const roster = await bytesOf(rosterSheet(houses));
  const file = { source: roster, fileName: '和美苑花名册.xlsx' };
  must(await importRoster(deps, { estate: places.estate.id, file, actor: operator, dryRun: false }));
  const { volunteer, others } = await findResidents(deps, places.estate.id);
  report({ zh: '住户', en: 'people', count: others.length + 1 });
  const named = { person: volunteer, name: VOLUNTEER.name };
  const crew = await createCrew(deps, { places, operator, volunteer: named, nextPhone });
  report({ zh: '登录账号', en: 'sign-ins', count: crew.people.length });
  await setUpProgramme(deps, places, crew);
  const tills = await createKey(deps, operator, {
    name: '商户收银系统（演示）',
    scopes: ['shop:write'],
    place: places.community.id,
  });

  const neighbours = pickNeighbours(stream('neighbours'), others);
  const last = dayOf(periodOfMonth(month).end - 1);
  const plan = { chance: stream('events'), neighbours, shops: places.shops };
  const events = inOrder([
    ...planWorkedMonth(volunteer, months),
    ...planNeighbours(plan, { first: `${first}-01`, last, people: size.people }),
  ]).filter(({ at }) => at <= now);
  await replayMonths(new Replay(deps, { places, crew, tills: tills.actor, setClock }), events, report);

  setClock(now);
  const system = await createKey(deps, operator, { name: '演示系统密钥', scopes, place: '' });
  return {
    month,
    estate: places.estate.id,
    people: crew.people,
    systemKey: system.token,
    files: new Map([[file.fileName, roster]]),
  };
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

async function findResidents(
  { engine, clock }: ProductDeps,
  estate: string,
): Promise<{ volunteer: string; others: string[] }> {
  const today = dayOf(clock());
  const found: string[] = [];
  let volunteer: string | undefined;
  for (const house of (await housesOf(engine, estate)).values()) {
    const residents = await peopleOf(engine, house.id, today);
    found.push(...residents.map(({ person }) => person));
    if (houseKey(house) !== houseKey(VOLUNTEER)) continue;
    volunteer = residents.find(({ relation }) => relation === 'owner')?.person;
  }
  if (volunteer === undefined) throw new Error('the owner of the worked month did not come with the roster');
  // Sorted: the order in which a database answers is its own.
  return { volunteer, others: found.filter((person) => person !== volunteer).sort() };
}

/** Some volunteer, more buy; the volunteer of the worked month is none of them. */
function pickNeighbours(chance: Chance, people: readonly string[]): Neighbours {
  const some = (inThousand: number): string[] => {
    const wanted = Math.max(1, Math.round((people.length * inThousand) / 1_000));
    const picked = new Set<string>();
    while (picked.size < wanted) picked.add(chance.pick(people));
    return [...picked];
  };
  return { volunteers: some(VOLUNTEERS_IN_THOUSAND), customers: some(CUSTOMERS_IN_THOUSAND) };
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
