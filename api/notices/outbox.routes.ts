/** The outbox of an estate: what its staff tell people, by a slip or in person. */
import { FormatQuery, giveTable, tableAnswer } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  cutPage,
  formatInstant,
  isProblem,
  json,
  newModule,
  noContent,
  parsePage,
  refuse,
  route,
} from '../platform/index.ts';
import { nameOfActor } from '../programme/index.ts';
import * as examples from './notices.examples.ts';
import * as schemas from './notices.schemas.ts';
import { findDelivery, listOutbox, markDelivered, type OutboxLine } from './outbox.ts';
import { outboxTable } from './outbox-table.ts';
import { personView } from './person-view.ts';
import { bodyOf, titleOf } from './rules/index.ts';

const TELLING = ['staff', 'operator'] as const;

export const outboxRoutes = (deps: ProductDeps) => {
  const { engine } = deps;

  async function lineView({ delivery, notice }: OutboxLine) {
    const { id, version, state, channel, tries, createdAt, doneAt, doneBy } = delivery;
    const doneByName = doneBy === null ? undefined : await nameOfActor(engine, doneBy);
    return {
      ...{ id, version, state, channel, mayHaveCome: state === 'waiting' && tries > 0 },
      person: await personView(deps, { id: delivery.person, place: delivery.place }),
      title: titleOf(notice.kind),
      text: bodyOf(notice.kind, notice.facts),
      at: formatInstant(createdAt),
      ...(doneAt === null ? {} : { doneAt: formatInstant(doneAt) }),
      ...(doneByName && { doneByName }),
    };
  }

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/outbox',
        summary: '一个小区的待通知 · Messages of an estate',
        access: { who: TELLING, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, query: schemas.OutboxQuery },
        responses: { 200: answer(schemas.OutboxSchema, '待通知 · Messages') },
        example: examples.outbox,
      }),
      async (c) => {
        const { state = 'waiting', ...query } = c.req.valid('query');
        const page = parsePage(query, 'place');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listOutbox(engine, {
          ...{ place: c.req.valid('param').place, state, limit: page.limit + 1 },
          ...(page.after !== undefined && { after: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ delivery: { id } }) => ({ value: id, id }));
        return c.json({ ...cut, items: await Promise.all(cut.items.map(lineView)) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/outbox/file',
        summary: '下载一个小区的待通知 · Messages of an estate as a file',
        access: { who: TELLING, at: (c) => c.req.param('place') },
        request: {
          params: schemas.PlaceParams,
          query: FormatQuery.extend(schemas.OutboxQuery.pick({ state: true }).shape),
        },
        responses: tableAnswer,
        example: examples.outboxFile,
      }),
      (c) => {
        const { place } = c.req.valid('param');
        const { format, state = 'waiting' } = c.req.valid('query');
        const of = { subject: 'outbox', place, format, name: '待通知' };
        const rows = outboxTable(deps, { place, state });
        return giveTable(deps, c, { ...of, rows, widths: [12, 10, 10, 16, 20, 60, 10, 12, 10] });
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/deliveries/{delivery}/told',
        summary: '已告知 · Told',
        access: {
          who: TELLING,
          at: async (c) => (await findDelivery(engine, c.req.param('delivery') ?? ''))?.place,
        },
        request: { params: schemas.DeliveryParams, body: json(schemas.ToldSchema) },
        responses: { 204: noContent },
        problems: ['not-found', 'already-done', 'changed-meanwhile'],
        example: examples.told,
      }),
      async (c) => {
        const { delivery } = c.req.valid('param');
        const told = { delivery, ...c.req.valid('json'), by: actorText(actorOf(c)), now: deps.clock() };
        const refused = await markDelivered(engine, told);
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    );
};
