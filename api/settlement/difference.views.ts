/** How a difference is told, and a pair that a person made of some. */
import type { ProductDeps } from '../places/index.ts';
import { formatInstant } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { OPEN_FIELDS, type OpenSide, type OpenSums, type PairingRead } from './pairings.ts';
import type { Difference } from './rules/difference.ts';
import { nameOf } from './settlement.views.ts';
import type { KeptDifference } from './statements.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places'>;

export async function differenceView(
  { places }: Pick<Deps, 'places'>,
  difference: KeptDifference,
  pair?: number,
) {
  const { id, kind, field, party, partyText, number, rowNumber, ours, theirs, tie } = difference;
  const shown = (amount: number) => (field === 'points' ? String(amount) : formatYuan(amount));
  const name = party === '' ? '' : ((await places.find(party))?.name ?? '');
  return {
    ...{ id, kind, written: partyText, number, tie },
    ...(field !== null && { field }),
    ...(party !== '' && { party: { id: party, name } }),
    ...(rowNumber !== null && { row: rowNumber }),
    ...(ours !== null && { ours: shown(ours) }),
    ...(theirs !== null && { theirs: shown(theirs) }),
    ...(pair !== undefined && { pair }),
    ...wordsOf(difference),
  };
}

const WORDS: Readonly<Record<Difference['kind'], { zh: string; en: string }>> = {
  'missing-there': { zh: '对方没有', en: 'Not in the statement' },
  'missing-here': { zh: '我们没有', en: 'Not in the ledger' },
  amount: { zh: '金额不同', en: 'Another amount' },
  'wrong-period': { zh: '不是这个月的', en: 'Of another month' },
  'wrong-party': { zh: '写的收分方认不出', en: 'Names nobody of this month' },
  duplicate: { zh: '对方写了两次', en: 'In the statement twice' },
};
export const FIELD_WORDS = {
  ...{ opening: '期初应付', points: '积分', accepted: '本期应付' },
  ...{ reversed: '冲回', paid: '已付', closing: '期末应付' },
} as const;

export function wordsOf({ kind, tie, field, ours }: Pick<Difference, 'kind' | 'tie' | 'field' | 'ours'>) {
  if (tie) return { zh: '有几笔一样，认不出是哪一笔', en: 'Several are alike: a person says which is meant' };
  if (kind === 'amount' && ours === null)
    return { zh: '我们没有欠它的账，对不了', en: 'It has no balance with the fund: nothing to compare with' };
  if (kind === 'amount' && field === 'points') return { zh: '积分不同', en: 'Other points' };
  return WORDS[kind];
}

/** What stands on one side alone, in yuan, each kind by itself. */
export function openView(sums: OpenSums) {
  const kinds = OPEN_FIELDS.map((field) => {
    const { theirs, ours } = sums[field];
    return {
      field,
      theirs: { rows: theirs.rows, sum: formatYuan(theirs.fen) },
      ours: { rows: ours.rows, sum: formatYuan(ours.fen) },
      difference: formatYuan(theirs.fen - ours.fen),
    };
  });
  const rowsOf = (side: OpenSide) => kinds.reduce((rows, kind) => rows + kind[side].rows, 0);
  return {
    ...{ theirs: rowsOf('theirs'), ours: rowsOf('ours') },
    kinds: kinds.filter(({ theirs, ours }) => theirs.rows + ours.rows > 0),
  };
}

export async function pairingView(deps: Deps, { pairing, split, rows }: PairingRead, mayPair: boolean) {
  const { id, number, reason, oursFen, theirsFen, by, at } = pairing;
  const views = await Promise.all(rows.map((row) => differenceView(deps, row, number)));
  const [theirs] = views.filter((row) => row.id === pairing.theirs);
  if (!theirs) throw new Error(`pairing ${id} has no row of theirs`);
  const deed = async (who: string, when: number) => ({
    ...{ name: await nameOf(deps.engine, who), at: formatInstant(when) },
  });
  return {
    ...{ id, number, theirs, ours: views.filter((row) => row !== theirs) },
    sums: {
      ...{ ours: formatYuan(oursFen), theirs: formatYuan(theirsFen) },
      difference: formatYuan(theirsFen - oursFen),
    },
    ...(reason !== '' && { reason }),
    made: await deed(by, at),
    ...(split && { split: await deed(split.by, split.at) }),
    maySplit: mayPair && split === null,
  };
}
