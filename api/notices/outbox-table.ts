/** The messages of an estate as a table to take away: whom to tell what, where a list is walked from door to door. */
import type { ProductDeps } from '../places/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import { dayOf, nameOfActor } from '../programme/index.ts';
import { listOutbox, type OutboxState } from './outbox.ts';
import { personView } from './person-view.ts';
import { bodyOf, titleOf } from './rules/index.ts';

const STATES: Readonly<Record<OutboxState, string>> = {
  ...{ waiting: '待转告', told: '已转告', sent: '已发短信', queued: '等发送' },
};

export async function* outboxTable(
  deps: Pick<ProductDeps, 'engine' | 'clock'>,
  of: { place: string; state: OutboxState },
): AsyncGenerator<readonly OutCell[]> {
  yield ['日期', '居民', '手机尾号', '房屋', '标题', '内容', '状态', '办理日期', '经手人'];
  const pages = everyPage(
    ({ limit, before }) =>
      listOutbox(deps.engine, { ...of, limit, ...(before !== undefined && { after: before }) }),
    ({ delivery }) => delivery.id,
  );
  for await (const rows of pages)
    for (const { delivery, notice } of rows) {
      const {
        name,
        tail,
        house = '',
      } = await personView(deps, { id: delivery.person, place: delivery.place });
      const { createdAt, doneAt, doneBy } = delivery;
      const by = doneBy === null ? undefined : await nameOfActor(deps.engine, doneBy);
      yield [
        ...[{ date: dayOf(createdAt) }, name, tail, house],
        ...[titleOf(notice.kind).zh, bodyOf(notice.kind, notice.facts).zh, STATES[of.state]],
        ...[doneAt === null ? '' : { date: dayOf(doneAt) }, by ?? ''],
      ];
    }
}
