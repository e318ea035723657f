/** A shop's day as a table to take away: what was given, then what was taken, each the newest first. */
import { findPerson } from '../identity/index.ts';
import type { Engine } from '../db/index.ts';
import { formatInstant } from '../platform/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import { nameOfActor } from '../programme/index.ts';
import { listPurchases, listRedemptions, type PurchaseRow, type RedemptionRow } from './list-sales.ts';
import { customerView } from './shop.views.ts';

const DONE = { credited: '已记分', 'taken-back': '已撤销', taken: '已收分', undone: '已撤销' } as const;
const idOf = ({ id }: { id: string }): string => id;

export async function* salesTable(
  engine: Engine,
  of: { place: string; day: string },
): AsyncGenerator<readonly OutCell[]> {
  yield [
    ...['时间', '记分或收分', '顾客', '手机尾号', '小票号或商品'],
    ...['金额', '积分', '积分种类', '状态', '经手人'],
  ];
  const bought = everyPage((page) => listPurchases(engine, { ...of, ...page }), idOf);
  for await (const rows of bought)
    for (const row of rows)
      yield lineOf(row, { deed: '记分', about: row.receipt, amount: { fen: row.amountFen } });
  const taken = everyPage((page) => listRedemptions(engine, { ...of, ...page }), idOf);
  for await (const rows of taken)
    for (const row of rows) yield lineOf(row, { deed: '收分', about: row.goods, amount: null });

  async function lineOf(
    row: PurchaseRow | RedemptionRow,
    { deed, about, amount }: { deed: string; about: string; amount: OutCell },
  ): Promise<readonly OutCell[]> {
    const customer = customerView(await findPerson(engine, row.member));
    const clerk = await nameOfActor(engine, row.clerk);
    return [
      ...[timeOf(row.createdAt), deed, customer.name, customer.tail, about],
      ...[amount, row.points, row.unit, DONE[row.state], clerk ?? ''],
    ];
  }
}

/** In Shanghai, to the minute. */
function timeOf(at: number): string {
  return formatInstant(at + 8 * 3_600_000)
    .slice(0, 16)
    .replace('T', ' ');
}
