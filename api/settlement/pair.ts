/**
 * A person says which rows of ours a row of the funder's is, and may take it back until somebody agrees. Each is written
 * once, in turn with statements and agreements of the fund; what was paired and split stays on record.
 */
import type { Engine } from '../db/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { findPairing, lastNumber, pairingOf } from './pairings.ts';
import { odditiesOf, planPairing, type PairingRefusal } from './rules/pairing.ts';
import {
  agreementsOf,
  differencesById,
  findFunderStatement,
  statementsOf,
  type KeptDifference,
} from './statements.ts';

type Deps = Pick<ProductDeps, 'engine' | 'ids' | 'clock'>;

/**
 * `row-paired`: one of the rows is in a pair; `statement-agreed`: a side has agreed; `changed-meanwhile`: a later statement
 * has come; `not-found`: one of the rows is none of the statement's.
 */
export async function pairRows(
  deps: Deps,
  input: { statement: string; theirs: string; ours: readonly string[]; reason: string; actor: Actor },
): Promise<{ id: string } | Problem> {
  const { ids, clock } = deps;
  const { actor, statement } = input;
  if (actor.kind !== 'person') return problem('not-allowed');
  const [reason, named] = [input.reason.trim(), [...new Set(input.ours)]];
  return inTurn(deps, statement, async (engine) => {
    const rows = await differencesById(engine, [input.theirs, ...named]);
    const own = new Map(rows.flatMap((row) => (row.statement === statement ? [[row.id, row]] : [])));
    const theirs = own.get(input.theirs);
    const ours = named.flatMap((id) => own.get(id) ?? []);
    if (!theirs || ours.length < named.length) return problem('not-found');
    const paired = new Set((await pairingOf(engine, [theirs.id, ...named])).keys());
    const plan = planPairing({ theirs, ours, reason }, paired);
    if (typeof plan === 'string') return refusalOf(plan, { theirs, ours });
    const id = ids();
    const { fundPairings, fundPairingRows } = engine.tables;
    const number = (await lastNumber(engine, statement)) + 1;
    const values = {
      ...{ id, version: 1, statement, number, theirs: theirs.id, oursRows: ours.length, ...plan },
      ...{ by: actorText(actor), at: clock() },
    };
    const joined = [theirs, ...ours].map((row) => ({ id: ids(), pairing: id, difference: row.id }));
    await engine.atomically((db) => [
      db.insert(fundPairings).values(values),
      db.insert(fundPairingRows).values(joined),
    ]);
    return { id };
  });
}

/** `changed-meanwhile`: it was split already, or a later statement has come; `statement-agreed`: a side has agreed. */
export async function splitPairing(
  deps: Deps,
  { pairing: id, actor }: { pairing: string; actor: Actor },
): Promise<Problem | undefined> {
  const { ids, clock } = deps;
  if (actor.kind !== 'person') return problem('not-allowed');
  const pairing = await findPairing(deps.engine, id);
  if (!pairing) return problem('not-found');
  return inTurn(deps, pairing.statement, async (engine) => {
    const still = await pairingOf(engine, [pairing.theirs]);
    if (still.get(pairing.theirs)?.id !== id) return problem('changed-meanwhile');
    const row = { id: ids(), version: 1, pairing: id, by: actorText(actor), at: clock() };
    await engine.db.insert(engine.tables.fundPairingSplits).values(row);
    return undefined;
  });
}

/** What is agreed to meanwhile waits for this, or this finds that it was. */
async function inTurn<Done>(
  { engine: shared }: Deps,
  id: string,
  work: (engine: Engine) => Promise<Done | Problem>,
): Promise<Done | Problem> {
  const statement = await findFunderStatement(shared, id);
  if (!statement) return problem('not-found');
  return shared.exclusively(`funder-statement:${statement.fund}`, async (engine) => {
    const [latest] = await statementsOf(engine, statement);
    if (latest?.id !== id) return problem('changed-meanwhile');
    if ((await agreementsOf(engine, [id])).length > 0) return problem('statement-agreed');
    return work(engine);
  });
}

function refusalOf(
  refusal: PairingRefusal,
  { theirs, ours }: { theirs: KeptDifference; ours: readonly KeptDifference[] },
): Problem {
  if (refusal === 'row-paired') return problem('row-paired');
  if (refusal !== 'reason-missing') return problem('invalid-input', { fields: [WRONG[refusal]] });
  const odd = odditiesOf({ theirs, ours }).map((one) => {
    if (one !== 'amount') return ODD[one];
    const by = formatYuan((theirs.theirs ?? 0) - ours.reduce((sum, row) => sum + (row.ours ?? 0), 0));
    return { zh: `相差 ${by} 元`, en: `the amounts differ by ${by} yuan` };
  });
  const zh = `${odd.map((one) => one.zh).join('，')}：请写明为什么仍然对上`;
  const en = `Say why they are the same all the same: ${odd.map((one) => one.en).join(', ')}`;
  return problem('invalid-input', { fields: [{ field: 'reason', zh, en }] });
}

const ODD = {
  party: { zh: '收分方不同', en: 'they are of different redeemers' },
  duplicate: { zh: '这一行对方写了两次', en: 'their statement has this row twice' },
  'wrong-period': { zh: '对方写的是别的月份', en: 'their row is of another month' },
} as const;

const WRONG = {
  'not-of-theirs': { field: 'theirs', zh: '请选对方的一行', en: 'Choose a row of theirs' },
  'not-of-ours': { field: 'ours', zh: '请选我们的一行或几行', en: 'Choose one or more rows of ours' },
  'not-alike': {
    ...{ field: 'ours', zh: '一张单据不能和一个月的余额对上' },
    en: 'A document and a month’s balance are not paired',
  },
} as const;
