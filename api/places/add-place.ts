import { and, eq } from 'drizzle-orm';
import { isProblem, problem, type Actor, type Deps, type Problem } from '../platform/index.ts';
import { firmServing, firmsNear, onlyFirmNear } from './estate-firms.ts';
import { dayIn } from './houses.ts';
import type { ProductDeps } from './index.ts';
import { beginWithFirm, keepOnlyFirm, keepOnlyFirms } from './name-firm.ts';
import type { Place, PlaceKind } from './place-tree.ts';

type Adding = Pick<Deps, 'engine' | 'ids' | 'clock'>;

/**
 * Adds a place under its parent ('' for a book's root); the same place again is the one that is there. An estate is
 * served by the only firm near it, and by no other that comes later until somebody says so.
 */
export async function addPlace(
  deps: Adding,
  input: Parameters<typeof insertPlace>[1],
): Promise<Place | Problem> {
  const { kind, parent } = input;
  if (kind === 'firm') await keepOnlyFirms(deps, parent);
  const place = await insertPlace(deps, input);
  if (isProblem(place)) return place;
  if (kind === 'firm') await keepOnlyFirms(deps, parent);
  if (kind === 'estate') await keepOnlyFirm(deps, place);
  return place;
}

/** Whoever adds an estate near several firms says which serves it. */
export async function addChild(
  deps: Adding & Pick<ProductDeps, 'places'>,
  { firm, by, ...input }: { parent: string; kind: PlaceKind; name: string; firm?: string; by: Actor },
): Promise<Place | Problem> {
  const lineage = await deps.places.lineage(input.parent);
  const book = lineage[0]?.book;
  if (book === undefined) return problem('not-found');
  if (firm !== undefined && input.kind !== 'estate')
    return problem('invalid-input', { fields: [notForThis] });
  const near = input.kind === 'estate' ? await firmsNear(deps.engine, lineage) : [];
  if (firm !== undefined && near.every(({ id }) => id !== firm)) return problem('not-found');
  if (firm === undefined && near.length > 0 && !(await onlyFirmNear(deps.engine, lineage)))
    return problem('invalid-input', { fields: [choose] });
  if (firm === undefined) return addPlace(deps, { ...input, book });
  const place = await insertPlace(deps, { ...input, book });
  if (isProblem(place)) return place;
  return (await beginsWith(deps, place, { firm, by })) ? place : problem('already-exists');
}

/** Whether an estate is served by this firm from its beginning, or today: one that is there already keeps its own. */
async function beginsWith(
  deps: Adding & Pick<ProductDeps, 'places'>,
  { id: estate }: Place,
  { firm, by }: { firm: string; by: Actor },
): Promise<boolean> {
  if (await beginWithFirm(deps, { estate, firm, by })) return true;
  return (await firmServing(deps, { estate, day: dayIn(deps.clock()) }))?.id === firm;
}

const choose = { field: 'firm', zh: '请选由哪家物业公司服务', en: 'Choose which firm serves it' };
const notForThis = { field: 'firm', zh: '只有小区才选物业公司', en: 'Only an estate is served by a firm' };

async function insertPlace(
  { engine, ids, clock }: Adding,
  input: { book: number; parent: string; kind: PlaceKind; name: string; division?: string },
): Promise<Place | Problem> {
  const { places } = engine.tables;
  const { book, parent, kind, name, division = null } = input;
  const row = { id: ids(), version: 1, book, parent, kind, name, division, createdAt: clock() };
  await engine.db.insert(places).values(row).onConflictDoNothing();
  const [stored] = await engine.db
    .select()
    .from(places)
    .where(
      and(eq(places.book, book), eq(places.parent, parent), eq(places.kind, kind), eq(places.name, name)),
    );
  return stored ?? problem('already-exists');
}
