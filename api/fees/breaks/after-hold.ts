/**
 * What a difference says when the time of its offset is over: the points went back to the resident, so that all that the
 * firm has posted is now to be corrected, and no longer the difference alone.
 */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { RowChange } from '../../ledger/index.ts';
import { formatYuan } from '../../platform/money/index.ts';
import type { Offset } from '../offsets.ts';
import { isSettledByRelease } from '../reconcile/resolutions.ts';

type Left = { id: string; version: number; differenceFen: number; rowNumber: number; isOfSeveral: boolean };

/** Of these offsets, what changes with the one that is given back: the first open break about it that the firm has posted. */
export async function correctedAfterHold(
  { db, tables: { breaks: b, postedRows: p } }: Engine,
  offsets: readonly string[],
): Promise<(offset: Pick<Offset, 'id' | 'number' | 'valueFen'>) => RowChange[]> {
  const left = new Map<string, Left>();
  for (let at = 0; at < offsets.length; at += 500) {
    const some = inArray(b.offset, offsets.slice(at, at + 500));
    const rows = await db
      .select({ found: b, rowNumber: p.rowNumber })
      .from(b)
      .innerJoin(p, eq(p.id, b.postedRow))
      .where(and(some, eq(b.state, 'open'), eq(p.state, 'posted')))
      .orderBy(asc(b.id));
    // What was posted once more is told beside it.
    const ofTheOffset = rows.toSorted(
      (one, other) => Number(isExtra(one.found)) - Number(isExtra(other.found)),
    );
    for (const { found, rowNumber } of ofTheOffset) {
      const { id, version, offset, kind, differenceFen, proposal } = found;
      if (offset === null || isSettledByRelease(kind) || left.has(offset)) continue;
      left.set(offset, { id, version, differenceFen, rowNumber, isOfSeveral: proposal === 'choose' });
    }
  }
  return ({ id, number, valueFen }) => {
    const its = left.get(id);
    return its === undefined ? [] : [nowAllOfIt(its, { number, valueFen })];
  };
}

function isExtra({ kind, proposal }: { kind: string; proposal: string }): boolean {
  return kind === 'duplicate' && proposal !== 'choose';
}

/** Theirs less ours, where ours is none any more. */
function nowAllOfIt(
  { id, version, differenceFen, rowNumber, isOfSeveral }: Left,
  { number, valueFen }: Pick<Offset, 'number' | 'valueFen'>,
): RowChange {
  const fen = differenceFen + valueFen;
  const yuan = formatYuan(isOfSeveral ? valueFen : fen);
  const which = isOfSeveral
    ? { zh: '这个号在清单里的几行', en: 'the rows under this number' }
    : { zh: `清单第 ${rowNumber} 行`, en: `row ${rowNumber}` };
  return {
    ...{ update: 'breaks', id, version },
    set: {
      ...{ kind: 'hold-ended', difference_fen: fen, proposal: 'firm-corrects', asked: null },
      zh: `${number}：这处差异没有在期限内处理好，为这张单预留的积分已经退给居民，不能再付给物业。请物业撤销${which.zh}，改向居民收 ${yuan} 元；说好以后，在这里选“请物业更正”并写明`,
      en: `${number}: this difference was not settled in time; the points set aside for it went back to the resident and can no longer be paid to the firm. Have the firm take ${which.en} out and collect ${yuan} in money; once agreed, choose “the firm corrects” here and say so`,
    },
  };
}
