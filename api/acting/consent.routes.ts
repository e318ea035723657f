/** 请家人代办: whom a resident lets act for them, and for whom one acts; by the people themselves. */
import type { Context } from 'hono';
import { findConsent, personActor, type IdentityDeps, type StoredConsent } from '../identity/index.ts';
import { dayIn, type ProductDeps } from '../places/index.ts';
import {
  actorText,
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
  placesOf,
  problem,
  refuse,
  route,
  type Page,
} from '../platform/index.ts';
import * as examples from './acting.examples.ts';
import * as schemas from './acting.schemas.ts';
import { consentView, housemateView, maskedName } from './acting.views.ts';
import { endHelping } from './end-helping.ts';
import { listHelpers, listPrincipals } from './find-consents.ts';
import { makeHelperCode } from './make-helper-code.ts';
import { nameHelper } from './name-helper.ts';
import { housematesOf, readHelperCode } from './who-is-named.ts';

export type ActingDeps = ProductDeps & IdentityDeps;

export const helperRoutes = (deps: ActingDeps) => {
  const { engine, clock, places } = deps;
  const consentOf = (c: Context) => findConsent(engine, c.req.param('helper') ?? '');
  const pageView = async (page: Page<string>, rows: readonly StoredConsent[]) => {
    const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
    return { ...cut, items: await Promise.all(cut.items.map((row) => consentView(engine, row, clock()))) };
  };
  const before = (page: Page<string>) => (page.after === undefined ? {} : { before: String(page.after.id) });

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/me/helpers',
        summary: '我请了谁代办 · Who may act for me',
        access: { signedIn: true },
        request: { query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.ConsentsSchema, '代办 · Consents') },
        example: examples.myHelpers,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const of = { principal: personOf(c), limit: page.limit + 1, ...before(page) };
        return c.json(await pageView(page, await listHelpers(engine, of)), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/principals',
        summary: '我可以替谁代办 · For whom I may act',
        access: { signedIn: true },
        request: { query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.ConsentsSchema, '代办 · Consents') },
        example: examples.myPrincipals,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const of = { proxy: personOf(c), day: dayIn(clock()), limit: page.limit + 1, ...before(page) };
        return c.json(await pageView(page, await listPrincipals(engine, of)), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/housemates',
        summary: '和我同住一套房屋的人 · The people of my houses',
        access: { who: ['member'] },
        responses: { 200: answer(schemas.HousematesSchema, '姓名已脱敏 · Masked') },
        example: examples.housemates,
      }),
      async (c) => {
        const found = await housematesOf(deps, personOf(c));
        return c.json({ items: await Promise.all(found.map((each) => housemateView(engine, each))) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/me/helpers',
        summary: '请一位家人代办 · Let somebody act for me',
        description:
          '在同住的人里选一位，或者输入家人手机上的代办码。登录、密码、通知设置和再请别人代办，代办的人都不能做。\n\nSomebody of the house, or whose code one types. Signing in, passwords, settings and naming others are never done for somebody.',
        access: { who: ['member'] },
        request: { body: json(schemas.NewHelperSchema) },
        responses: { 201: answer(schemas.ConsentSchema, '已登记 · Recorded') },
        problems: ['not-found', 'helper-code-unknown', 'locked-out', 'too-many-helpers', 'helps-too-many'],
        example: examples.nameHelper,
      }),
      async (c) => {
        const actor = personActor(c);
        const principal = actor.person;
        const { person, code, may, until } = c.req.valid('json');
        const named =
          code === undefined
            ? await housemate(principal, person ?? '')
            : await readHelperCode(deps, { digits: schemas.digitsIn(code), by: principal });
        if (isProblem(named)) return refuse(c, named);
        const home = (await places.homesOf(principal, clock()))[0] ?? placesOf(actor, ['member'])[0] ?? '';
        const done = await nameHelper(deps, {
          ...{ principal, proxy: named.person, may, until, place: home, by: actorText(actor) },
          ...('code' in named ? { given: 'code', code: named.code } : { given: 'house' }),
        });
        return isProblem(done) ? refuse(c, done) : c.json(await consentView(engine, done, clock()), 201);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/me/helper-codes',
        summary: '出示代办码，让家人知道是我 · Show who I am to whom I help',
        access: { signedIn: true },
        responses: { 201: answer(schemas.HelperCodeSchema, '十分钟内有效，用一次 · For ten minutes, once') },
        example: examples.helperCode,
      }),
      async (c) => {
        const { digits, endsAt } = await makeHelperCode(deps, personOf(c));
        return c.json({ digits: digits.replace(/(\d{4})(?=\d)/, '$1 '), endsAt: formatInstant(endsAt) }, 201);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/me/helper-codes/resolve',
        summary: '看看代办码是谁的 · Whose helper’s code it is',
        access: { who: ['member'] },
        request: { body: json(schemas.TypedCodeSchema) },
        responses: { 200: answer(schemas.ReadCodeSchema, '姓名已脱敏 · Masked') },
        problems: ['helper-code-unknown', 'locked-out'],
        example: examples.readHelperCode,
      }),
      async (c) => {
        const digits = schemas.digitsIn(c.req.valid('json').code);
        const read = await readHelperCode(deps, { digits, by: personOf(c) });
        return isProblem(read)
          ? refuse(c, read)
          : c.json({ name: await maskedName(engine, read.person) }, 200);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/helpers/{helper}',
        summary: '结束代办 · End acting for somebody',
        access: {
          who: ['staff'],
          at: async (c) => (await consentOf(c))?.place,
          own: async (c) => {
            const consent = await consentOf(c);
            return consent && [consent.principal, consent.proxy];
          },
        },
        request: { params: schemas.HelperParams },
        responses: { 204: noContent },
        example: examples.endHelping,
      }),
      async (c) => {
        const by = actorText(personActor(c));
        const refused = await endHelping(deps, { consent: c.req.valid('param').helper, by });
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    );

  async function housemate(principal: string, person: string) {
    const found = (await housematesOf(deps, principal)).find((each) => each.person === person);
    return found ?? problem('not-found');
  }
};
