import { eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { actedByView, findPerson } from '../../identity/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { formatInstant } from '../../platform/index.ts';
import { formatYuan } from '../../platform/money/index.ts';
import { sumOf } from '../rules/basket.ts';
import { customerView } from '../shop.views.ts';
import { leftOf, linesOf, pickUpsOf, type Order, type OrderLine } from './orders.ts';

function lineView(line: OrderLine) {
  const { id, goods, name, points, yuanFen, quantity, taken, insteadOf } = line;
  return {
    ...{ id, goods, name, points: String(points), yuan: formatYuan(yuanFen), quantity, taken },
    left: leftOf(line),
    ...(insteadOf !== null && { insteadOf }),
  };
}

function headView(order: Order, { name, lines }: { name: string; lines: readonly OrderLine[] }) {
  const { id, unit, points, pointsTaken, state, createdAt, endsAt, settledAt, reason, proposal } = order;
  const left = sumOf(lines.map((line) => ({ ...line, quantity: leftOf(line) })));
  return {
    ...{ id, place: { id: order.place, name }, unit, state },
    ...{ points: String(points), pointsTaken: String(pointsTaken), pointsLeft: String(left.points) },
    yuanLeft: formatYuan(left.yuanFen),
    at: formatInstant(createdAt),
    endsAt: formatInstant(endsAt),
    ...(settledAt !== null && { settledAt: formatInstant(settledAt) }),
    ...(reason !== null && { reason }),
    lines: lines.map(lineView),
    ...(proposal !== null && {
      proposal: {
        ...{ line: proposal.line, name: proposal.name, quantity: proposal.quantity },
        ...{ points: String(proposal.points), yuan: formatYuan(proposal.yuanFen) },
      },
    }),
  };
}

/** Several, with their lines in one question. */
export async function orderHeads({ engine, places }: ProductDeps, orders: readonly Order[]) {
  if (orders.length === 0) return [];
  const { orderLines: t } = engine.tables;
  const ids = orders.map(({ id }) => id);
  const lines = await engine.reader
    .select()
    .from(t)
    .where(ids.length === 1 ? eq(t.ofOrder, ids[0] ?? '') : inArray(t.ofOrder, ids));
  const own = (id: string) =>
    lines.filter(({ ofOrder }) => ofOrder === id).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return Promise.all(
    orders.map(async (order) => {
      const name = (await places.find(order.place))?.name ?? '';
      return headView(order, { name, lines: own(order.id) });
    }),
  );
}

export async function orderView({ engine, places }: ProductDeps, order: Order) {
  const [lines, pickUps, place] = [
    await linesOf(engine, order.id),
    await pickUpsOf(engine, order.id),
    await places.find(order.place),
  ];
  return {
    ...headView(order, { name: place?.name ?? '', lines }),
    pickUps: pickUps.map(({ id, createdAt, goods, points, yuanFen, state, byProxy, withoutCode }) => ({
      ...{ id, at: formatInstant(createdAt), goods, points: String(points), yuan: formatYuan(yuanFen) },
      ...{ state, byProxy: byProxy === 1 },
      ...(withoutCode !== null && { withoutCode }),
    })),
    ...(order.actedBy && { actedBy: await actedByView(engine, order.actedBy) }),
  };
}

/** At the till the member is shown masked. */
export async function customerOfOrder(engine: Engine, { member }: Pick<Order, 'member'>) {
  return customerView(await findPerson(engine, member));
}
