/**
 * One side agrees to a funder's statement; where anything differs it says why. The two sides are two people. A transaction
 * of the ledger commits to what was agreed to.
 */
import { areTwoPeople } from '../identity/index.ts';
import { post } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorText,
  isProblem,
  mayAt,
  problem,
  type Actor,
  type Problem,
  type Role,
} from '../platform/index.ts';
import { getFund, type Fund } from '../programme/index.ts';
import { agreementHash, contentsHash } from './agreement-claims.ts';
import { pairsOf, withPairs, type Handwork } from './pairings.ts';
import {
  agreementsOf,
  findFunderStatement,
  needsRemark,
  statementsOf,
  type AgreeingSide,
} from './statements.ts';

type Seen = Pick<Handwork, 'pairs' | 'splits'>;

/** Who speaks for the place that pays; a community's own staff do for their community. */
const FUNDERS: Readonly<Record<string, readonly Role[]>> = {
  merchant: ['merchant_manager'],
  firm: ['accountant', 'finance_lead'],
};
const STAFF = ['staff', 'operator'] as const;
/** Who sends a statement, or agrees to one. */
export const SENDS = [...STAFF, 'merchant_manager', 'accountant', 'finance_lead'] as const;

export async function mayAgree(
  { places }: Pick<ProductDeps, 'places'>,
  { fund, side, actor }: { fund: Pick<Fund, 'place'>; side: AgreeingSide; actor: Actor },
): Promise<boolean> {
  const kind = (await places.find(fund.place))?.kind ?? '';
  const who = side === 'staff' ? STAFF : (FUNDERS[kind] ?? STAFF);
  return actor.kind === 'person' && mayAt(actor, who, fund.place, places);
}

/** Whoever sends statements also says which rows are one: a person, never a key. */
export async function maySend(
  { places }: Pick<ProductDeps, 'places'>,
  { fund, actor }: { fund: Pick<Fund, 'place'>; actor: Actor },
): Promise<boolean> {
  return actor.kind === 'person' && mayAt(actor, SENDS, fund.place, places);
}

/**
 * `seen`: how often something was paired and split when whoever agrees looked.
 * `changed-meanwhile`: a later statement has come, or something was paired or split since; `already-done`: this side has agreed to this one; `second-person-needed`:
 * the other side was agreed to by the same person, or by somebody who could be them.
 */
export async function agreeTo(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock' | 'journal'>,
  input: { statement: string; side: AgreeingSide; remark: string; seen: Seen; actor: Actor },
): Promise<Problem | undefined> {
  const { engine: shared, ids, clock } = deps;
  const { side, seen, actor } = input;
  const statement = await findFunderStatement(shared, input.statement);
  const fund = statement && (await getFund(shared, statement.fund));
  if (!statement || !fund) return problem('not-found');
  if (!(await mayAgree(deps, { fund, side, actor }))) return problem('not-allowed');
  const remark = input.remark.trim();
  // A statement that comes meanwhile waits for this, or this finds that it has come.
  return shared.exclusively(`funder-statement:${fund.id}`, async (engine) => {
    const [latest] = await statementsOf(engine, statement);
    if (latest?.id !== statement.id) return problem('changed-meanwhile');
    const agreed = await agreementsOf(engine, [statement.id]);
    if (agreed.some((one) => one.side === side)) return problem('already-done');
    const left = withPairs(statement, (await pairsOf(engine, [statement.id])).get(statement.id));
    const { pairs, splits } = left.handwork;
    if (pairs !== seen.pairs || splits !== seen.splits) return problem('changed-meanwhile');
    if (needsRemark(left) && remark === '') return problem('invalid-input', { fields: [remarkMissing] });
    const deed = { actor: actorText(actor), at: clock() };
    for (const { by, at } of agreed)
      if (!(await areTwoPeople(engine, { actor: by, at }, deed))) return problem('second-person-needed');
    const id = ids();
    const row = { id, side, by: deed.actor, at: deed.at, remark };
    const memoCommitment = agreementHash(row, await contentsHash(engine, statement));
    const name = `fund-agreement:${statement.id}:${side}`;
    const ask = { book: fund.book, scope: name, key: id, request: ['agree-to-statement', id] };
    const posted = await post(deps, ask, {
      ...{ id, actor, place: fund.place, commands: [], memoCommitment, uniques: [{ key: name }] },
      rows: [
        {
          insert: 'fund_agreements',
          values: {
            ...{ ...row, statement: statement.id },
            agreed_transaction: { planned: 'transaction' as const },
          },
        },
      ],
    });
    return isProblem(posted) ? posted : undefined;
  });
}

const remarkMissing = {
  field: 'remark',
  zh: '还有差异，或有没读懂的行，请写明为什么仍然确认',
  en: 'Something differs, or could not be read: say why you agree all the same',
};
