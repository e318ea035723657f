/** What differs as a table to take away, page by page. */
import type { Engine } from '../db/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { type OutCell } from '../platform/files/index.ts';
import { differenceView, FIELD_WORDS } from './difference.views.ts';
import { dayOf } from '../programme/index.ts';
import { OPEN_FIELDS, openSums, pairingOf, type FundPairing, type OpenSums } from './pairings.ts';
import { nameOf } from './settlement.views.ts';
import { differencesOf } from './statements.ts';

const AT_ONCE = 100;
const PAIRED = ['人工对上', '谁对的', '什么时候', '原因'] as const;

export async function* differenceRows(
  deps: Pick<ProductDeps, 'engine' | 'places'>,
  statement: string,
): AsyncGenerator<readonly OutCell[]> {
  yield ['差异', '哪一项', '收分方', '单号', '对方第几行', '我们的账', '对方', '相差', ...PAIRED];
  for (let after: string | undefined; ;) {
    const rows = await differencesOf(deps.engine, {
      ...{ statement, limit: AT_ONCE },
      ...(after !== undefined && { after }),
    });
    const paired = await pairingOf(
      deps.engine,
      rows.map(({ id }) => id),
    );
    for (const row of rows) {
      const { zh, party, written, number } = await differenceView(deps, row);
      const { field, ours, theirs, rowNumber } = row;
      const shown = (amount: number | null): OutCell =>
        amount === null || field === 'points' ? amount : { fen: amount };
      yield [
        ...[zh, field === null ? '' : FIELD_WORDS[field], party?.name ?? written, number, rowNumber],
        ...[shown(ours), shown(theirs), shown((theirs ?? 0) - (ours ?? 0))],
        ...(await pairedCells(deps.engine, paired.get(row.id))),
      ];
    }
    after = rows.at(-1)?.id;
    if (rows.length < AT_ONCE) break;
  }
  yield* openRows(await openSums(deps.engine, statement));
}

/** What is on one side alone and in no pair, added up by kind: a column mixes points, documents and balances. */
function* openRows(sums: OpenSums): Generator<readonly OutCell[]> {
  const kinds = OPEN_FIELDS.filter((field) => sums[field].theirs.rows + sums[field].ours.rows > 0);
  if (kinds.length > 0) yield [];
  for (const field of kinds) {
    const { theirs, ours } = sums[field];
    yield [
      ...['还没有对上的合计', FIELD_WORDS[field], `我们 ${ours.rows} 行，对方 ${theirs.rows} 行`, '', ''],
      ...[{ fen: ours.fen }, { fen: theirs.fen }, { fen: theirs.fen - ours.fen }],
    ];
  }
}

/** The same number on each row of a pair. */
async function pairedCells(engine: Engine, pairing: FundPairing | undefined): Promise<OutCell[]> {
  if (!pairing) return ['', '', '', ''];
  const { number, by, at, reason } = pairing;
  return [`第 ${number} 对`, await nameOf(engine, by), { date: dayOf(at) }, reason];
}
