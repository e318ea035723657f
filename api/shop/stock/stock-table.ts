/** 商品和库存 as a table to take away, in the order of the names. */
import type { Engine } from '../../db/index.ts';
import type { Instant } from '../../platform/index.ts';
import type { OutCell } from '../../platform/files/index.ts';
import { formatYuan } from '../../platform/money/index.ts';
import { listGoods, offered, type Offered } from '../goods/find-goods.ts';

const A_READ = 100;
const STATE = { on: '在架', off: '下架' } as const;

export async function* stockTable(
  engine: Engine,
  { place, book, at }: { place: string; book: number; at: Instant },
): AsyncGenerator<readonly OutCell[]> {
  yield [
    ...['商品', '分类', '状态', '积分种类', '积分', '另付（元）'],
    ...['可兑', '已留给订单', '库存合计', '商品编号'],
  ];
  for (let after: { value: string; id: string } | undefined; ;) {
    const goods = await listGoods(engine, { place, sort: 'name', after, limit: A_READ });
    for (const row of await offered(engine, { book, goods, at })) yield lineOf(row);
    const last = goods.at(-1);
    if (!last || goods.length < A_READ) return;
    after = { value: last.name, id: last.id };
  }
}

function lineOf({ goods, price, stock }: Offered): readonly OutCell[] {
  const { name, category, state, unit, id } = goods;
  const cost = [price?.points ?? 0, formatYuan(price?.yuanFen ?? 0)];
  const left = stock ? [stock.free, stock.kept, stock.free + stock.kept] : ['服务', '', ''];
  return [name, category, STATE[state], unit, ...cost, ...left, id];
}
