/** A firm serves an estate from a day on: said by a person, or by there being no other. */
import { eq } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { accessLogRow } from '../identity/index.ts';
import { actorText, problem, type Actor, type Deps, type Problem } from '../platform/index.ts';
import { firmsNear, onlyFirmNear, type EstateFirm } from './estate-firms.ts';
import { dayIn } from './houses.ts';
import type { ProductDeps } from './index.ts';
import { estatesWithin } from './list-places.ts';
import type { Place } from './place-tree.ts';
import { SINCE_EVER } from './roster-plan.ts';

const YEAR_MS = 366 * 24 * 3_600_000;

/** Goes up with every change of an estate's firms: whoever changes them says what they saw. */
export async function versionOfFirms(engine: Engine, estate: string): Promise<number> {
  const { estateFirms: t } = engine.tables;
  return versionOf(
    await engine.reader.select({ version: t.version }).from(t).where(eq(t.estate, estate)).limit(MOST_ROWS),
  );
}

/** More than an estate has firms in its life. */
const MOST_ROWS = 1_000;

function versionOf(rows: readonly Pick<EstateFirm, 'version'>[]): number {
  return rows.reduce((sum, { version }) => sum + version, 0);
}

export type NewFirm = {
  estate: string;
  firm: string;
  /** Today or a day to come. */
  since: string;
  reason: string;
  /** As it was seen. */
  version: number;
  actor: Actor;
};

/**
 * From a day on until the next firm that was named already; a firm named for that very day is replaced. What was before
 * stays as it was.
 */
export async function nameFirm(
  { engine: shared, places, ids, clock }: Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>,
  { estate, firm, since, reason, version, actor }: NewFirm,
): Promise<Problem | undefined> {
  const lineage = await places.lineage(estate);
  if (lineage[0]?.kind !== 'estate') return problem('not-found');
  if (since < dayIn(clock()) || since > dayIn(clock() + YEAR_MS))
    return problem('invalid-input', { fields: [wrongDay] });
  if ((await firmsNear(shared, lineage)).every(({ id }) => id !== firm)) return problem('not-found');
  return shared.exclusively(`firm-of:${estate}`, async (engine) => {
    const { estateFirms: t, accessLog } = engine.tables;
    const rows = await engine.db.select().from(t).where(eq(t.estate, estate)).orderBy(t.since);
    if (versionOf(rows) !== version) return problem('changed-meanwhile');
    const only = rows.length === 0 ? await onlyFirmNear(engine, lineage) : undefined;
    const first = only && served({ ids, clock }, { estate, firm: only.id, until: since });
    const before = rows.findLast((row) => row.since < since) ?? first;
    const same = rows.find((row) => row.since === since);
    const next = rows.find((row) => row.since > since);
    if ((same ?? before)?.firm === firm) return problem('invalid-input', { fields: [serves] });
    const said = { firm, reason, namedBy: actorText(actor), createdAt: clock() };
    const row = { id: ids(), version: 1, estate, since, until: next?.since ?? null, ...said };
    const from = (await places.find((same ?? before)?.firm ?? ''))?.name ?? '';
    const to = (await places.find(firm))?.name ?? '';
    const log = accessLogRow({
      ...{ id: ids(), at: clock(), actor: actorText(actor), action: 'name-firm' },
      ...{ subject: `place:${estate}`, place: estate, reason: `${since} ${from} → ${to}: ${reason}` },
    });
    const writes = (db: Database) => [
      ...(first ? [db.insert(t).values(first)] : []),
      ...(before && before !== first && !same
        ? [
            db
              .update(t)
              .set({ until: since, version: before.version + 1 })
              .where(eq(t.id, before.id)),
          ]
        : []),
      same
        ? db
            .update(t)
            .set({ ...said, version: same.version + 1 })
            .where(eq(t.id, same.id))
        : db.insert(t).values(row),
      db.insert(accessLog).values(log),
    ];
    await engine.atomically(writes);
    return undefined;
  });
}

/** The first firm of an estate serves it for as long as anything is known of the estate. */
function served(
  { ids, clock }: Pick<Deps, 'ids' | 'clock'>,
  { estate, firm, until = null, by }: { estate: string; firm: string; until?: string | null; by?: Actor },
) {
  const row = { id: ids(), version: 1, estate, firm, since: SINCE_EVER, until, createdAt: clock() };
  return { ...row, reason: '', namedBy: by === undefined ? '' : actorText(by) };
}

/** The firm that an estate begins with. False where it has one, now or to come: that one stays, and nothing is written. */
export function beginWithFirm(
  { engine: shared, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  input: { estate: string; firm: string; by?: Actor },
): Promise<boolean> {
  return shared.exclusively(`firm-of:${input.estate}`, async (engine) => {
    const { estateFirms: t } = engine.tables;
    const [known] = await engine.db.select({ id: t.id }).from(t).where(eq(t.estate, input.estate)).limit(1);
    if (!known) await engine.db.insert(t).values(served({ ids, clock }, input));
    return !known;
  });
}

/** Writes down the only firm near an estate; one whose firm is known, or unclear, is left as it is. */
export async function keepOnlyFirm(
  deps: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  estate: Pick<Place, 'id' | 'parent'>,
): Promise<void> {
  const { estateFirms: t } = deps.engine.tables;
  const [known] = await deps.engine.db.select({ id: t.id }).from(t).where(eq(t.estate, estate.id)).limit(1);
  if (known) return;
  const firm = await onlyFirmNear(deps.engine, await above(deps.engine, estate));
  if (firm) await beginWithFirm(deps, { estate: estate.id, firm: firm.id });
}

/** … of all estates within a place, before and after another firm comes: those that a firm serves it still serves. */
export async function keepOnlyFirms(
  deps: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  place: string,
): Promise<void> {
  const { places: t } = deps.engine.tables;
  const [row] = await deps.engine.db.select().from(t).where(eq(t.id, place));
  for (const estate of row ? await estatesWithin(deps.engine, row) : []) await keepOnlyFirm(deps, estate);
}

async function above(engine: Engine, place: Pick<Place, 'id' | 'parent'>) {
  const { places: t } = engine.tables;
  const line: Pick<Place, 'id' | 'parent'>[] = [place];
  for (let next = place.parent; next !== '' && line.length < 12;) {
    const [row] = await engine.db.select({ id: t.id, parent: t.parent }).from(t).where(eq(t.id, next));
    if (!row) break;
    line.push(row);
    next = row.parent;
  }
  return line;
}

const wrongDay = {
  field: 'since',
  zh: '从今天或以后的一天起，最多一年以后',
  en: 'From today or a day to come, at most a year ahead',
};
const serves = {
  field: 'firm',
  zh: '这一天起本来就由这家服务',
  en: 'This firm serves the estate on that day already',
};
