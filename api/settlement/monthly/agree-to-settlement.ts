/**
 * The two sides of a settlement: who is paid confirms it or objects, who pays agrees to it or sends it back. They are two
 * people. A transaction of the ledger commits to what each agreed to and said; the figures never change, for they are the
 * ledger's: what is wrong in them is corrected in the open month.
 */
import { areTwoPeople } from '../../identity/index.ts';
import { post, untilFresh, type RowChange } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import type { SettlementState } from './monthly.tables.ts';
import { allLinesOf, figuresHash, remarkHash, sideHash } from './settlement-claims.ts';
import { findSettlement, lastObjection, type Settlement, type SettlementSide } from './settlements.ts';
import { speaksForSide } from './speaks-for.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock' | 'journal'>;
type Done = { id: string };
export type SideInput = { settlement: string; version: number; side: SettlementSide; actor: Actor };

/** Who agrees when: the payee first, then the payer. */
const AGREES_IN: Readonly<Record<SettlementSide, SettlementState>> = { payee: 'draft', payer: 'confirmed' };

/** `already-done`: it is not this side's turn; `second-person-needed`: the other side was the same person. */
export function agreeToSettlement(deps: Deps, input: SideInput): Promise<Done | Problem> {
  return untilFresh(async () => {
    const { engine, clock } = deps;
    const { side, actor } = input;
    const row = await ofSide(deps, input);
    if (isProblem(row)) return row;
    if (row.state !== AGREES_IN[side]) return problem('already-done');
    const deed = { actor: actorText(actor), at: clock() };
    const { confirmedBy, confirmedAt } = row;
    if (side === 'payer' && confirmedBy !== null && confirmedAt !== null) {
      const other = { actor: confirmedBy, at: confirmedAt };
      if (!(await areTwoPeople(engine, other, deed))) return problem('second-person-needed');
    }
    const of = { settlement: row.id, side, by: deed.actor, at: deed.at };
    const figures = figuresHash(row, await allLinesOf(engine, row.id));
    const transaction = { planned: 'transaction' as const };
    const set =
      side === 'payee'
        ? {
            ...{ state: 'confirmed', confirmed_by: deed.actor, confirmed_at: deed.at },
            confirmed_transaction: transaction,
          }
        : {
            // Whoever owes back is paid nothing: there is nothing more to do.
            ...{ state: row.netFen === 0 ? 'paid' : 'agreed', agreed_by: deed.actor, agreed_at: deed.at },
            agreed_transaction: transaction,
          };
    return noted(deps, row, {
      ...{ what: `settlement-${side}`, actor, memoCommitment: sideHash({ ...of, figures }) },
      rows: [{ update: 'settlements', id: row.id, version: row.version, set }],
    });
  });
}

/** 异议: the payee before it confirms, the payer before it agrees. It waits until the other side has answered. */
export function objectToSettlement(deps: Deps, input: SideInput & { said: string }): Promise<Done | Problem> {
  return remark(deps, { ...input, kind: 'objection', from: [AGREES_IN[input.side]], to: 'objected' });
}

/**
 * The answer of the other side, or of a third person, never of whoever objected (`second-person-needed`): it is a draft again,
 * which both look at anew.
 */
export function answerObjection(deps: Deps, input: SideInput & { said: string }): Promise<Done | Problem> {
  return remark(deps, { ...input, kind: 'answer', from: ['objected'], to: 'draft' });
}

type Remark = SideInput & {
  said: string;
  kind: 'objection' | 'answer';
  from: readonly SettlementState[];
  to: SettlementState;
};

function remark(deps: Deps, input: Remark): Promise<Done | Problem> {
  return untilFresh(async () => {
    const { kind, side, actor, said, from, to } = input;
    const row = await ofSide(deps, input);
    if (isProblem(row)) return row;
    if (!from.includes(row.state)) return problem('already-done');
    if (kind === 'answer' && !(await isOtherThanObjector(deps, row.id, actor)))
      return problem('second-person-needed');
    const id = deps.ids();
    const of = { id, settlement: row.id, side, kind, said, by: actorText(actor), at: deps.clock() };
    const confirmedNoMore = { confirmed_by: null, confirmed_at: null, confirmed_transaction: null };
    return noted(deps, row, {
      ...{ what: 'settlement-remark', id, actor, memoCommitment: remarkHash(of) },
      rows: [
        {
          insert: 'settlement_remarks',
          values: { ...of, said_transaction: { planned: 'transaction' as const } },
        },
        {
          update: 'settlements',
          ...{ id: row.id, version: row.version, set: { state: to, ...confirmedNoMore } },
        },
      ],
    });
  });
}

export async function isOtherThanObjector(
  { engine, clock }: Pick<Deps, 'engine' | 'clock'>,
  settlement: string,
  actor: Actor,
): Promise<boolean> {
  const objection = await lastObjection(engine, settlement);
  if (!objection) return true;
  const { by, at } = objection;
  return areTwoPeople(engine, { actor: by, at }, { actor: actorText(actor), at: clock() });
}

/** The settlement as the reader saw it, where this side is theirs. */
async function ofSide(deps: Deps, input: SideInput): Promise<Settlement | Problem> {
  const { side, actor, version } = input;
  const row = await findSettlement(deps.engine, input.settlement);
  if (!row) return problem('not-found');
  if (!(await speaksForSide(deps, { settlement: row, side, actor }))) return problem('not-allowed');
  return row.version === version ? row : problem('changed-meanwhile');
}

type Note = { what: string; id?: string; actor: Actor; memoCommitment: string; rows: RowChange[] };

/** A transaction that moves nothing: it says that this was done, once to this version. */
async function noted(
  deps: Deps,
  { id: settlement, book, version, place }: Settlement,
  { what, id = deps.ids(), actor, memoCommitment, rows }: Note,
): Promise<Done | Problem> {
  const ask = { book, scope: `settlement:${settlement}`, key: id, request: [what, id] };
  const uniques = [{ key: `${what}:${settlement}:${version}` }];
  const posted = await post(deps, ask, { id, actor, place, commands: [], memoCommitment, uniques, rows });
  return isProblem(posted) ? posted : { id: settlement };
}
