/**
 * What a unit must look like before the rules are asked. Protects rule 8 (texts are well-formed Unicode without
 * U+0000, on both engines) and the limits: every amount is a safe integer and never −0, a name never holds what
 * separates the parts of a natural key, and nobody but the core moves the core's own counters.
 */
import { isAmount } from './amount.ts';
import { checkCommand } from './check-command.ts';
import type { Cell, Key, Unit } from './command.ts';
import { refuse, type Refusal } from './refusals.ts';
import { isName, isShortText, isText } from './text.ts';

const MAX_PAD = 32;
/** Keys that planning writes itself; `closed-through:` is free, since closing a month is a unit like any other. */
const RESERVED = ['hold:', 'settled:', 'reversed:', 'unique:', 'number:'];

/** Asked before the key is looked up, since a database refuses such a text even in a question. */
export function checkKey({ scope, key }: Key, requestHash: string): Refusal | undefined {
  if (!isName(scope)) return refuse('bad-text', { field: 'scope' });
  if (key.length === 0 || !isShortText(key)) return refuse('bad-text', { field: 'key' });
  return isShortText(requestHash) ? undefined : refuse('bad-text', { field: 'requestHash' });
}

export function checkUnit(unit: Unit): Refusal | undefined {
  return checkHead(unit) ?? checkCounters(unit) ?? checkRows(unit) ?? checkCommands(unit);
}

function checkHead(unit: Unit): Refusal | undefined {
  const { id, place, actor, source, ruleVersion = '', memoCommitment = '' } = unit;
  for (const [field, text] of Object.entries({ id, place, actor, source, ruleVersion, memoCommitment })) {
    if (!isShortText(text)) return refuse('bad-text', { field });
  }
  const { effectiveAt = 0, originalEffectiveAt = 0 } = unit;
  return isAmount(effectiveAt) && isAmount(originalEffectiveAt) ? undefined : refuse('amount-out-of-range');
}

function checkCounters({ tallies = [], uniques = [], number }: Unit): Refusal | undefined {
  for (const { key, add, max = 0, min = 0, was } of tallies) {
    if (!isShortText(key)) return refuse('bad-text', { field: 'tallies' });
    // What a unit was worked out from may be a counter of the core's own, which it does not move.
    const isMoved = add !== 0 || was === undefined;
    if (isMoved && RESERVED.some((prefix) => key.startsWith(prefix))) return refuse('reserved-key', { key });
    if (![add, max, min, was ?? 0].every(isAmount)) return refuse('amount-out-of-range');
  }
  for (const { key } of uniques) {
    if (!isShortText(key)) return refuse('bad-text', { field: 'uniques' });
  }
  if (!number) return undefined;
  const { prefix, pad, series = prefix } = number;
  if (!isShortText(prefix) || !isShortText(series)) return refuse('bad-text', { field: 'number' });
  // The counter tells which numbers it gave, so that `verify` can hold a key's answer against it.
  if (series !== prefix && !series.endsWith(`:${prefix}`)) return refuse('bad-text', { field: 'number' });
  return isAmount(pad) && pad >= 0 && pad <= MAX_PAD ? undefined : refuse('amount-out-of-range');
}

/** The texts of rows may be long; what does not fit the column's own check is a bug of the use case. */
function checkRows({ rows = [] }: Unit): Refusal | undefined {
  for (const change of rows) {
    for (const cell of Object.values('insert' in change ? change.values : change.set)) {
      const refusal = checkCell(cell);
      if (refusal) return refusal;
    }
  }
  return undefined;
}

function checkCell(cell: Cell): Refusal | undefined {
  if (typeof cell === 'string') return isText(cell) ? undefined : refuse('bad-text', { field: 'rows' });
  if (typeof cell === 'number' && !isAmount(cell)) return refuse('amount-out-of-range');
  return undefined;
}

function checkCommands({ commands }: Unit): Refusal | undefined {
  for (const command of commands) {
    const refusal = checkCommand(command);
    if (refusal) return refusal;
  }
  return undefined;
}
