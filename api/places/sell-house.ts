/**
 * 卖房, in one step: whoever belongs to the house does so up to the day of the handing over, with the reason, and the buyer
 * owns it from that day on. All of it, or nothing. A link that ended for a reason of its own (a death, a mistake) stays as
 * it was written down.
 */
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { ifStill, type Database } from '../db/index.ts';
import { accessLogRow } from '../identity/index.ts';
import { actorText, problem, type PersonActor, type Problem } from '../platform/index.ts';
import { endPoolConsents } from './end-pool-consents.ts';
import { dayIn, findHouse } from './houses.ts';
import type { ProductDeps } from './index.ts';
import { turnOf, turnOfPeople } from './imports.ts';
import { knownEstate } from './known-estate.ts';
import { newcomerQuestions, writeNewcomer } from './register-resident.ts';
import { planRoster } from './roster-plan.ts';

export type Sale = {
  house: string;
  buyer: { name: string; phone?: string | undefined };
  /** The buyer's first day. */
  day: string;
  /** Whom the seller leaves in the house: its tenants. */
  keepsTenants: boolean;
  confirmed: readonly string[];
};

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>;

export async function sellHouse(
  deps: Deps,
  by: PersonActor,
  { house: id, buyer, day, keepsTenants, confirmed }: Sale,
): Promise<{ person: string; ended: number } | Problem> {
  const house = await findHouse(deps.engine, id);
  if (!house) return problem('not-found');
  if (day > dayIn(deps.clock() + YEAR_MS)) return problem('invalid-input', { fields: [tooFar] });
  const { estate } = house;
  const { name, phone } = buyer;
  const row = {
    ...{ rowNumber: 1, house, name, relation: 'owner' as const, from: day },
    ...(phone !== undefined && { phone }),
  };
  const book = (await deps.places.bookOf(estate)) ?? 0;
  return deps.engine.exclusively([turnOf(estate), turnOfPeople(book)], async (engine) => {
    const { ids, clock } = deps;
    const { residencies: t, accessLog } = engine.tables;
    const known = await knownEstate({ ...deps, engine }, estate, [row]);
    const changes = planRoster([row], known, { estate, ids, today: dayIn(clock()) });
    const [added] = changes.residencies;
    if (added === undefined) return problem('already-exists', { fields: [ownsIt] });
    const open = newcomerQuestions(changes, known, row).filter(({ code }) => !confirmed.includes(code));
    if (open.length > 0)
      return problem('not-confirmed', { fields: open.map(({ code, zh, en }) => ({ field: code, zh, en })) });
    const there = await engine.db
      .select()
      .from(t)
      .where(and(eq(t.house, id), isNull(t.endReason), or(isNull(t.until), gt(t.until, day))));
    const going = there.filter(
      ({ person, relation }) => person !== added.person && !(keepsTenants && relation === 'tenant'),
    );
    // Whoever would have come only after the sale never does.
    if (going.some(({ since }) => since > day)) return problem('invalid-input', { fields: [comesLater] });
    const also = (db: Database) => [
      ...going.map(({ id: link, version }) =>
        db
          .update(t)
          .set({
            ...{ until: day, endReason: 'sale' as const },
            version: ifStill(eq(t.version, version), sql`${t.version} + 1`),
          })
          .where(eq(t.id, link)),
      ),
      ...going.flatMap(({ id: link }) =>
        endPoolConsents(engine, db, {
          ...{ link, until: day, today: dayIn(clock()), by: actorText(by), now: clock() },
        }),
      ),
      ...going.map(({ person }) =>
        db.insert(accessLog).values(
          accessLogRow({
            ...{ id: ids(), at: clock(), actor: actorText(by), action: 'end-residency' },
            ...{ subject: `person:${person}`, place: estate, reason: 'sale' },
          }),
        ),
      ),
    ];
    const written = await writeNewcomer({ ...deps, engine }, by, { changes, estate, reason: 'owner', also });
    return written ?? { person: added.person, ended: going.length };
  });
}

const YEAR_MS = 366 * 24 * 3_600_000;

const tooFar = { field: 'day', zh: '最多填到一年以后', en: 'At most a year ahead' };
const ownsIt = { field: 'name', zh: '这个人已经是这套房的业主', en: 'This person owns the house already' };
const comesLater = {
  field: 'day',
  zh: '有人登记在这一天以后才住进来，请先更正那一条',
  en: 'Somebody is registered to come after this day; mend that first',
};
