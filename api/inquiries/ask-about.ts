/** 对这笔有疑问: a member asks about one transaction of theirs, and the question goes to a desk. */
import { and, eq, ne } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { actedByOf, type ActedBy } from '../identity/index.ts';
import type { Transaction } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, subjectOf } from '../platform/index.ts';
import type { PersonActor, Problem } from '../platform/index.ts';
import { explainMovements, type Explainer } from '../programme/index.ts';
import { listOwnInquiries } from './find-inquiries.ts';
import { deskFor, waitsIn, type Desk } from './rules/index.ts';
import { hasAnother, homeOf, type Asked } from './who-answers.ts';

/** So many questions of one member wait at a time, and so many that staff asked for them: these take nothing from their own. */
export const MOST_OPEN = 20;

type AskDeps = Pick<ProductDeps, 'engine' | 'places' | 'clock' | 'ids'>;

export async function askAbout(
  deps: AskDeps,
  explainers: readonly Explainer[],
  {
    transaction,
    text,
    actor,
    member = subjectOf(actor),
    actedBy = actedByOf(actor),
  }: {
    transaction: Transaction;
    text: string;
    actor: PersonActor;
    /** Whose it is, and who asks for them: worked out from the actor, unless staff ask for who stands before them. */
    member?: string;
    actedBy?: ActedBy | null;
  },
): Promise<{ inquiry: string } | Problem> {
  const { id, reverses } = transaction;
  const why = (await explainMovements(explainers, deps.engine, [{ transaction: id, reverses }])).get(id);
  const [maker, madeAt] = [why?.maker ?? transaction.actor, transaction.bookedAt];
  const of = { member, maker, madeAt, actedBy };
  const desk = await openDesk(deps, {
    ...of,
    place: transaction.place,
    desk: deskFor(why?.kind),
  });
  // Staff who ask where nobody but themselves could answer would leave the resident waiting for ever.
  if (isOfDesk({ actedBy }) && !(await hasAnother(deps, { ...of, ...desk })))
    return problem('second-person-needed');
  return deps.engine.exclusively(`inquiries:${member}`, async (engine) => {
    const refused = await refusedToAsk(engine, { member, transaction: id, actedBy });
    if (refused) return refused;
    const { inquiries, inquiryWords } = engine.tables;
    const [inquiry, now] = [deps.ids(), deps.clock()];
    const row = { id: inquiry, version: 1, transaction: id, ...of, ...desk };
    const said = { id: deps.ids(), inquiry, deed: 'ask' as const, text, by: actorText(actor), at: now };
    // What somebody else asks in their name is told to them.
    const word = { ...said, tellFrom: actedBy === null ? null : now };
    await engine.atomically((db) => [
      db.insert(inquiries).values({ ...row, createdAt: now, state: 'open', waits: true, reopened: false }),
      db.insert(inquiryWords).values(word),
    ]);
    return { inquiry };
  });
}

/** The desk that is asked; where nobody there may answer, or it is no estate's, the staff of the member's own home. */
async function openDesk(
  deps: AskDeps,
  asked: Asked & { place: string; desk: Desk },
): Promise<{ place: string; desk: Desk }> {
  const { place, desk } = asked;
  if (desk === 'staff' && (await deps.places.kindOf(place)) === 'estate') return { place, desk };
  if (desk !== 'staff' && (await hasAnother(deps, asked))) return { place, desk };
  return { place: (await homeOf(deps, asked.member)) ?? place, desk: 'staff' };
}

async function refusedToAsk(
  engine: Engine,
  { member, transaction, actedBy }: { member: string; transaction: number; actedBy: ActedBy | null },
): Promise<Problem | undefined> {
  const { inquiries: t } = engine.tables;
  const same = and(eq(t.member, member), eq(t.transaction, transaction), ne(t.state, 'closed'));
  const [open] = await engine.db.select({ id: t.id }).from(t).where(same).limit(1);
  if (open) return problem('inquiry-open');
  const recent = await listOwnInquiries(engine, { member, limit: 2 * MOST_OPEN });
  const waiting = recent.filter((one) => waitsIn(one.state) && isOfDesk(one) === isOfDesk({ actedBy }));
  return waiting.length >= MOST_OPEN ? problem('too-many-questions') : undefined;
}

/** Asked by staff for whoever stood before them. */
function isOfDesk({ actedBy }: { actedBy: ActedBy | null }): boolean {
  return actedBy !== null && 'identified' in actedBy;
}
