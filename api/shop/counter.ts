/** What every operation at a counter begins with: the merchant's book, and whose code it is. */
import { findPerson, hasDied, type Person } from '../identity/index.ts';
import { type RowChange, type Posted } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { codeProblem, consentProblem, findCode, usedProblem, type CodeRow } from './codes.ts';

/** A clerk names a code that this till has looked up; a partner's system key may name the member. */
export type Customer = { code: string } | { member: string };
export type AtCounter = { member: string; person: Person | undefined; code: CodeRow | undefined };
/** `fresh`: what was written and for whom, where it was written now; a replay is read by its id. */
export type CounterDone<Sale> = { id: string; posted: Posted; fresh: Fresh<Sale> | undefined };
export type Fresh<Sale> = { sale: Sale; person: Person | undefined };

export async function customerAt(
  { engine, clock, places }: ProductDeps,
  input: { customer: Customer; place: string; book: number; actor: Actor },
): Promise<AtCounter | Problem> {
  const { customer, place, book, actor } = input;
  if ('member' in customer) {
    if (actor.kind !== 'key') return problem('not-allowed');
    const [person, books, isDead] = await Promise.all([
      findPerson(engine, customer.member),
      places.booksOf(customer.member),
      hasDied(engine, customer.member),
    ]);
    if (person?.erasedAt !== null || !books.has(book) || isDead) return problem('not-found');
    return { member: person.id, person, code: undefined };
  }
  const code = await findCode(engine, customer.code);
  if (code?.book !== book || code.resolvedPlace === null) return problem('code-unknown');
  // Nobody serves themselves at the till out of the points of whom they act for.
  if (code.actedBy?.by === actorText(actor)) return problem('second-person-needed');
  const now = clock();
  const wrong = codeProblem(code, { place, now }) ?? (await consentProblem(engine, code, now));
  // Two tills looked it up, and the later one has it.
  if (code.resolvedPlace !== place) return wrong ?? problem('code-elsewhere');
  return wrong ?? { member: code.member, person: await findPerson(engine, code.member), code };
}

/** What became of a sale at the till: posted now, posted before, or refused. */
export function doneOf<Sale>(posted: Posted | Problem, fresh?: Fresh<Sale>): CounterDone<Sale> | Problem {
  if (isProblem(posted)) return posted;
  return { id: posted.unit, posted, fresh: posted.replayed ? undefined : fresh };
}

/** The unit's part that uses the code up. */
export function useOfCode(
  code: CodeRow | undefined,
  input: { place: string; actor: Actor; used: string },
): { rows: RowChange[]; uniques: { key: string }[] } {
  if (!code) return { rows: [], uniques: [] };
  const set = {
    used_at: { planned: 'bookedAt' as const },
    used_place: input.place,
    used_by: actorText(input.actor),
    used_for: input.used,
  };
  return {
    rows: [{ update: 'codes', id: code.id, version: code.version, set }],
    uniques: [{ key: `code:${code.id}` }],
  };
}

/**
 * When another confirm of the same code was first, the answer says so, with time and clerk. The ledger decides it, so
 * that a request and its repeat hear the same, whatever became of the code since.
 */
export async function explainRefusal(
  { engine }: ProductDeps,
  posted: Posted | Problem,
  { customer, place }: { customer: Customer; place: string },
): Promise<Posted | Problem> {
  if (!isProblem(posted) || posted.used !== 'code' || 'member' in customer) return posted;
  const code = await findCode(engine, customer.code);
  return code && code.usedAt !== null ? usedProblem(code, place) : problem('code-used');
}
