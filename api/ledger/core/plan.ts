/**
 * The heart: units + what is loaded + now → transactions or refusals, pure and synchronous. Protects: checks and
 * effects happen on the same state in the same step, one key has one effect, and one refused unit leaves no trace
 * and never fails its neighbours.
 */
import type { Instant } from './amount.ts';
import { checkKey, checkUnit } from './check-unit.ts';
import type { Answer, Cell, Command, Outcome, Planned, Row, RowChange, Tally, Unit } from './command.ts';
import { Draft } from './draft.ts';
import { closedThroughKey, monthNumberOf, monthOf } from './month.ts';
import { planAward, planBudget, planCredit, planReject, planRelease } from './postings/issue.ts';
import { planPost } from './postings/post.ts';
import { planClawback, planExpire, planRefund } from './postings/reverse.ts';
import { planPay } from './postings/settlement.ts';
import { planCapture, planHold, planReturn, planSpend } from './postings/spend.ts';
import { isRemembered, refuse, type Refusal } from './refusals.ts';
import type { State, StoredKey } from './state.ts';
import type { TallyEntry, Transaction } from './transaction.ts';

/** A key to be stored with its answer. */
export type KeyRow = {
  unit: Unit;
  status: 'posted' | 'refused';
  answer: string;
  firstSeq: number | null;
  lastSeq: number | null;
  bookedAt: Instant;
};
/** `outcome` is undefined for a unit that has to be planned again, once its needs are loaded. */
export type PlannedUnit = { unit: Unit; outcome: Outcome | undefined };
export type BatchPlan = { units: PlannedUnit[]; keys: KeyRow[] };

/**
 * Plans a batch in order. When `state.needs` is not empty afterwards nothing of it may be written: load the needs
 * into the state, `reset` it and plan again.
 */
export function planBatch(units: readonly Unit[], state: State): BatchPlan {
  const keys: KeyRow[] = [];
  const planned = units.map((unit) => ({ unit, outcome: planUnit(unit, state, keys) }));
  return { units: planned, keys };
}

function planUnit(unit: Unit, state: State, keys: KeyRow[]): Outcome | undefined {
  const badKey = checkKey(unit.key, unit.requestHash);
  if (badKey) return { status: 'refused', refusal: badKey, replayed: false };
  const stored = state.storedKey(unit.key.scope, unit.key.key);
  if (stored) return replay(unit, stored);
  const needed = state.needs.count;
  const mark = state.mark();
  const result = planEffects(unit, state);
  if (state.needs.count > needed || stored === undefined) {
    state.rollback(mark);
    return undefined;
  }
  const isRefusal = 'code' in result;
  if (isRefusal) state.rollback(mark);
  if (isRefusal && !isRemembered(result)) {
    const before = state.lookUpKey(unit.key.scope, unit.key.key);
    return before ? replay(unit, before) : { status: 'refused', refusal: result, replayed: false };
  }
  const answer = JSON.stringify(result);
  const status = isRefusal ? 'refused' : 'posted';
  const seqs = isRefusal ? [] : result.transactions.map((id) => id % 2 ** 40);
  const [firstSeq = null, lastSeq = null] = [seqs[0], seqs.at(-1)];
  keys.push({ unit, status, answer, firstSeq, lastSeq, bookedAt: state.head.bookedAt });
  state.rememberKey(`${unit.key.scope} ${unit.key.key}`, {
    requestHash: unit.requestHash,
    unitId: unit.id,
    status,
    answer,
  });
  return isRefusal
    ? { status: 'refused', refusal: result, replayed: false }
    : { status: 'posted', answer: result, replayed: false };
}

/** Rule 4: the stored answer, or an error when the key now carries another request. */
export function replay(unit: Pick<Unit, 'requestHash'>, stored: StoredKey): Outcome {
  if (stored.requestHash !== unit.requestHash) {
    return { status: 'refused', refusal: refuse('key-reused'), replayed: false };
  }
  return stored.status === 'posted'
    ? { status: 'posted', answer: JSON.parse(stored.answer) as Answer, replayed: true }
    : { status: 'refused', refusal: JSON.parse(stored.answer) as Refusal, replayed: true };
}

function planEffects(unit: Unit, state: State): Answer | Refusal {
  const unfit = checkUnit(unit);
  if (unfit) return unfit;
  const { bookedAt } = state.head;
  const effectiveAt = unit.effectiveAt ?? bookedAt;
  if (effectiveAt > bookedAt || (unit.originalEffectiveAt ?? 0) > effectiveAt) {
    return refuse('effective-in-future', { bookedAt });
  }
  if (state.tally(closedThroughKey(unit.place)).total >= monthNumberOf(effectiveAt)) {
    return refuse('month-closed', { place: unit.place, month: monthOf(effectiveAt) });
  }
  if (unit.readThrough !== undefined && unit.readThrough !== state.head.seq)
    return refuse('version-conflict', { seq: state.head.seq });
  const made: Transaction[] = [];
  const needed = state.needs.count;
  const stale = staleTally(unit, state);
  if (stale && state.needs.count === needed) return stale;
  const used = usedUnique(unit, state);
  if (used && state.needs.count === needed) return used;
  const moved = staleRow(unit, state);
  if (moved && state.needs.count === needed) return moved;
  let number: string | undefined;
  const commands = unit.commands.length > 0 || !countsAnything(unit) ? unit.commands : [undefined];
  for (const [nth, command] of commands.entries()) {
    const draft = new Draft(state, unit, command ? kindOf(command) : 'note');
    if (nth === 0) number = planCounters(unit, draft);
    const result = (command && planCommand(draft, command)) ?? draft.finish(effectiveAt);
    if (!('code' in result)) made.push(result);
    // What is refused while something is missing is planned again: the rest is asked now, so that the rounds of
    // loading do not grow with the number of commands.
    else if (state.needs.count === needed) return result;
  }
  const transactions = made.map((t) => t.id);
  const answer = { unit: unit.id, transactions, bookedAt, ...(number === undefined ? {} : { number }) };
  const refused = planRows(unit.rows ?? [], state, { ...answer, counters: made[0]?.tallies ?? [] });
  if (refused) return refused;
  if (unit.contents) state.keepContents(unit.contents);
  return answer;
}

function countsAnything(unit: Unit): boolean {
  return (unit.tallies ?? []).some(isMoved) || (unit.uniques?.length ?? 0) > 0 || unit.number !== undefined;
}

function kindOf(command: Command): string {
  return command.do === 'post' ? `post.${command.kind}` : command.do;
}

/** One that only says what it was. */
function isMoved({ add, was }: Tally): boolean {
  return add !== 0 || was === undefined;
}

function staleTally(unit: Unit, state: State): Refusal | undefined {
  const stale = (unit.tallies ?? []).find(
    ({ key, was }) => was !== undefined && state.tally(key).total !== was,
  );
  return stale && refuse('version-conflict', { key: stale.key });
}

/**
 * What may be done once and was: that is the answer, whatever else stands against the unit by now, so that all who came
 * too late hear the same. Only the kind of the name (before its first colon) is kept with the answer.
 */
function usedUnique(unit: Unit, state: State): Refusal | undefined {
  const used = (unit.uniques ?? []).find(
    ({ key, release }) => !release && state.tally(uniqueKey(key)).total > 0,
  );
  return used && refuse('already-done', { used: used.key.split(':', 1)[0] ?? '' });
}

/**
 * Whoever worked a unit out from a row that has moved on since works it out again, and hears what stands now: not what
 * the ledger has against moving the same points twice, which would be kept as the answer. Every row is looked at, so that
 * all that are not loaded are asked for at once.
 */
function staleRow(unit: Unit, state: State): Refusal | undefined {
  const stale = (unit.rows ?? []).map((change) =>
    'update' in change ? staleVersion(change, state) : undefined,
  );
  return stale.find((each) => each !== undefined);
}

function staleVersion(change: Extract<RowChange, { update: string }>, state: State): Refusal | undefined {
  const { version } = state.row(change.update, change.id);
  if (version === undefined) return refuse('row-not-found', { table: change.update });
  return version === change.version ? undefined : refuse('version-conflict', { table: change.update });
}

function uniqueKey(key: string): string {
  return `unique:${key}`;
}

/** Caps, business keys and the voucher number are counters of the unit's first transaction. */
function planCounters(unit: Unit, draft: Draft): string | undefined {
  for (const { key, add, max, min } of (unit.tallies ?? []).filter(isMoved)) {
    draft.count(key, add, {
      ...(max === undefined ? {} : { ceiling: max }),
      ...(min === undefined ? {} : { floor: min }),
    });
  }
  for (const { key, release } of unit.uniques ?? []) {
    draft.count(uniqueKey(key), release ? -1 : 1, { floor: 0, ceiling: 1, unique: true });
  }
  if (!unit.number) return undefined;
  const { prefix, pad, series = prefix } = unit.number;
  const key = `number:${series}`;
  draft.count(key, 1);
  return prefix + String(draft.tallied(key)).padStart(pad, '0');
}

function planCommand(draft: Draft, command: Command): Refusal | undefined {
  switch (command.do) {
    case 'open':
      return planOpen(draft, command);
    case 'post':
      return planPost(draft, command);
    case 'budget':
      planBudget(draft, command);
      return undefined;
    case 'award':
      return planAward(draft, command);
    case 'release':
      return planRelease(draft, command);
    case 'reject':
      return planReject(draft, command);
    case 'credit':
      return planCredit(draft, command);
    case 'hold':
      return planHold(draft, command);
    case 'capture':
      return planCapture(draft, command);
    case 'return':
      return planReturn(draft, command);
    case 'spend':
      return planSpend(draft, command);
    case 'refund':
      return planRefund(draft, command);
    case 'clawback':
      return planClawback(draft, command);
    case 'expire':
      return planExpire(draft, command);
    case 'pay':
      return planPay(draft, command);
  }
}

/** A book is founded by its first transaction, whose terms repeat the row of `books` so that a change shows. */
function planOpen(draft: Draft, c: { code: string; name: string }): Refusal | undefined {
  if (draft.state.head.seq > 0) return refuse('already-done', { book: draft.state.book });
  draft.terms = { book: { code: c.code, name: c.name, createdAt: draft.bookedAt } };
  return undefined;
}

/** What a row's planned values come from: the unit's counters are all in its first transaction. */
type Planning = Answer & { counters: readonly TallyEntry[] };

/** Domain rows change as data: versions are checked and bumped here, so that nothing fails at write time. */
function planRows(changes: readonly RowChange[], state: State, answer: Planning): Refusal | undefined {
  for (const change of changes) {
    if ('insert' in change) {
      const values = resolve(change.values, answer);
      const row = state.row(change.insert, String(values['id']));
      if (row.version !== undefined) return refuse('version-conflict', { table: change.insert });
      state.changeRow(row, { ...values, version: 1 }, true);
      continue;
    }
    const stale = staleVersion(change, state);
    if (stale) return stale;
    const row = state.row(change.update, change.id);
    state.changeRow(row, { ...resolve(change.set, answer), version: change.version + 1 }, false);
  }
  return undefined;
}

function resolve(row: Row, answer: Planning): Row {
  const resolved: Record<string, Cell> = {};
  for (const [column, cell] of Object.entries(row)) {
    resolved[column] = typeof cell === 'object' && cell !== null ? plannedValue(cell, answer) : cell;
  }
  return resolved;
}

function plannedValue(cell: Planned, answer: Planning): Cell {
  if (cell.planned === 'counted')
    return answer.counters.findLast(({ key }) => key === cell.key)?.totalAfter ?? null;
  if (cell.planned === 'number') return answer.number ?? null;
  if (cell.planned === 'bookedAt') return answer.bookedAt;
  return answer.transactions[cell.nth ?? 0] ?? null;
}
