/** What a person is told, and how they want to be told. */
import {
  answer,
  cutPage,
  formatInstant,
  isProblem,
  json,
  newModule,
  noContent,
  pageQuery,
  parsePage,
  personOf,
  refuse,
  route,
} from '../platform/index.ts';
import type { Deps } from '../platform/index.ts';
import { chooseSettings, findSettings } from './choose-settings.ts';
import { countUnread, listNotices, markRead, type StoredNotice } from './find-notices.ts';
import * as examples from './notices.examples.ts';
import * as schemas from './notices.schemas.ts';
import { bodyOf, titleOf, type Channel } from './rules/index.ts';

function noticeView({ id, kind, facts, transaction, createdAt, readAt }: StoredNotice) {
  return {
    ...{ id, kind, title: titleOf(kind), text: bodyOf(kind, facts) },
    ...(transaction === null ? {} : { transaction: String(transaction) }),
    at: formatInstant(createdAt),
    ...(readAt === null ? {} : { readAt: formatInstant(readAt) }),
  };
}

export const myNoticesRoutes = (deps: Deps) => {
  const { engine } = deps;
  const provided: Channel[] = [...(deps.messages?.channels ?? []), 'desk'];
  const settingsOf = async (person: string) => ({ ...(await findSettings(engine, person)), provided });

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/me/notices',
        summary: '我的消息 · My notices',
        access: { signedIn: true },
        request: { query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.NoticesSchema, '消息 · Notices') },
        example: examples.myNotices,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listNotices(engine, {
          person: personOf(c),
          limit: page.limit + 1,
          ...(page.after !== undefined && { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: cut.items.map(noticeView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/unread-notices',
        summary: '有几条消息没看 · How many are unread',
        access: { signedIn: true },
        responses: { 200: answer(schemas.UnreadSchema, '没看的 · Unread') },
        example: examples.unread,
      }),
      async (c) => c.json({ unread: await countUnread(engine, personOf(c)) }, 200),
    )
    .openapi(
      route({
        method: 'post',
        path: '/me/read-notices',
        summary: '看过了 · Mark as read',
        access: { signedIn: true },
        request: { body: json(schemas.ReadSchema) },
        responses: { 204: noContent },
        example: examples.readNotices,
      }),
      async (c) => {
        const { upTo } = c.req.valid('json');
        await markRead(engine, { person: personOf(c), upTo, now: deps.clock() });
        return c.body(null, 204);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/notice-settings',
        summary: '我的通知设置 · How I am told',
        access: { signedIn: true },
        responses: { 200: answer(schemas.SettingsSchema, '通知设置 · Settings') },
        example: examples.mySettings,
      }),
      async (c) => c.json(await settingsOf(personOf(c)), 200),
    )
    .openapi(
      route({
        method: 'put',
        path: '/me/notice-settings',
        summary: '选择怎样通知我 · Choose how I am told',
        access: { signedIn: true },
        request: { body: json(schemas.NewSettingsSchema) },
        responses: { 200: answer(schemas.SettingsSchema, '通知设置 · Settings') },
        problems: ['changed-meanwhile'],
        example: examples.chooseSettings,
      }),
      async (c) => {
        const person = personOf(c);
        const chosen = { person, ...c.req.valid('json'), now: deps.clock() };
        const refused = await chooseSettings(engine, chosen);
        return refused ? refuse(c, refused) : c.json(await settingsOf(person), 200);
      },
    );
};
