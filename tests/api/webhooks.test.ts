/** A partner's machine is told of a shop's sales, by signed messages that hold ids alone. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { eq } from 'drizzle-orm';
import { deliverWebhooks } from '../../api/webhooks/index.ts';
import { codeOf, startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf, type Counter } from '../support/demo-counter.ts';
import { demoTown, type DemoTown, type Merchant } from '../support/demo-programme.ts';

type Heard = { headers: IncomingHttpHeaders; body: string };
type Hook = { id: string; secret: string; state: string; oldSecretUntil?: string };
type Message = {
  id: string;
  event: string;
  thing: string;
  state: string;
  nextTryAt?: string;
  attempts: { outcome: string; status?: number }[];
};

const heard: Heard[] = [];
let answers: number;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, answer) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      heard.push({ headers: request.headers, body });
      answer.writeHead(answers).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/linli`;
});
afterAll(() => void server.close());
beforeEach(() => {
  heard.length = 0;
  answers = 204;
});

function signatureOf({ headers, body }: Heard, secret: string): string {
  const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: Merchant;
  let counter: Counter;
  let manager: TestPerson;
  let member: string;

  beforeAll(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    member = await app.resident({ role: 'member', place: town.estate });
  });
  beforeEach(async () => {
    shop = await town.merchant();
    manager = await app.person({ role: 'merchant_manager', place: shop.id });
    counter = counterOf(app, shop.id, manager);
  });

  const post = (path: string, json?: object, by = manager) =>
    app.request(`/api/v1/${path}`, { method: 'POST', by, ...(json && { json }) });
  const events = ['purchase.credited', 'purchase.taken-back', 'redemption.confirmed', 'redemption.undone'];
  const hookAt = async (at = url): Promise<Hook> =>
    (await (await post(`merchants/${shop.id}/webhooks`, { url: at, events })).json()) as Hook;
  const logOf = async ({ id }: Hook, query = ''): Promise<{ items: Message[]; next?: string }> => {
    const answer = await app.request(`/api/v1/webhooks/${id}/messages?${query}`, { by: manager });
    return (await answer.json()) as { items: Message[]; next?: string };
  };
  const run = () => deliverWebhooks(app.server.deps);

  it('each sale and each undo is told once, signed, with ids alone, however many processes send', async () => {
    const hook = await hookAt();
    const bought = await counter.bought(member, '200');
    const taken = await counter.taken(member, 30, 'CON');
    await counter.undo('redemptions', taken.id);
    await counter.undo('purchases', bought.id);
    const runs = await Promise.all([run(), run(), run()]);
    expect(runs.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(4);
    const told = heard.map(({ body }) => JSON.parse(body) as { type: string; data: object });
    expect(told.map(({ type, data }) => [type, data]).sort()).toEqual([
      ['purchase.credited', { place: shop.id, purchase: bought.id }],
      ['purchase.taken-back', { place: shop.id, purchase: bought.id }],
      ['redemption.confirmed', { place: shop.id, redemption: taken.id }],
      ['redemption.undone', { place: shop.id, redemption: taken.id }],
    ]);
    for (const one of heard) {
      expect(one.headers['webhook-signature']).toBe(signatureOf(one, hook.secret));
      expect(one.body).not.toContain(member);
    }
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(4);
    expect(await run()).toEqual({ delivered: 0, failed: 0 });
    const first = await logOf(hook, 'limit=3');
    const second = await logOf(hook, `limit=3&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ state }) => state)).toEqual(Array(4).fill('delivered'));
  });

  it('a sale that is refused tells nobody, nor does one sent twice tell twice', async () => {
    const hook = await hookAt();
    const by = await app.key({ scopes: ['shop:write'], place: shop.id });
    const [sale, key] = [{ member, receipt: uuid(), amount: '10' }, uuid()];
    for (const how of [{ key }, { key }, { key: uuid() }]) await counter.credit(sale, { ...how, by });
    expect((await logOf(hook)).items).toHaveLength(1);
    expect(await run()).toEqual({ delivered: 1, failed: 0 });
  });

  it('what nobody takes is sent again under its id, ever later, then given up, and again by hand', async () => {
    const hook = await hookAt();
    answers = 500;
    await post(`webhooks/${hook.id}/test`);
    expect(await run()).toEqual({ delivered: 0, failed: 1 });
    expect(await run()).toEqual({ delivered: 0, failed: 0 });
    for (let tries = 1; tries < 8; tries += 1) {
      app.clock.now += 10 * 3_600_000;
      await run();
    }
    const [given] = (await logOf(hook)).items;
    expect(given).toMatchObject({ event: 'webhook.test', state: 'failed' });
    expect(given!.attempts.map(({ outcome, status }) => [outcome, status])).toEqual(
      Array(8).fill(['refused', 500]),
    );
    answers = 204;
    expect((await post(`webhook-messages/${given!.id}/replay`)).status).toBe(200);
    expect(await run()).toEqual({ delivered: 1, failed: 0 });
    expect(new Set(heard.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([given!.id]));
    expect((await logOf(hook)).items[0]).toMatchObject({ state: 'delivered' });
  });

  it('a process that stopped between sending and noting leaves it to be sent again under the same id', async () => {
    const hook = await hookAt();
    await post(`webhooks/${hook.id}/test`);
    const { webhookMessages: t } = app.engine.tables;
    const [message] = (await logOf(hook)).items;
    const left = { state: 'sending' as const, dueAt: app.clock.now + 60_000, version: 2 };
    await app.engine.db.update(t).set(left).where(eq(t.id, message!.id));
    expect(await run()).toEqual({ delivered: 0, failed: 0 });
    expect(await codeOf(await post(`webhook-messages/${message!.id}/replay`))).toBe('changed-meanwhile');
    app.clock.now += 60_000;
    expect(await run()).toEqual({ delivered: 1, failed: 0 });
    expect(heard.map(({ headers }) => headers['webhook-id'])).toEqual([message!.id]);
  });

  it('while a secret is changed both sign for a day, and none is kept readable', async () => {
    const old = await hookAt();
    const fresh = (await (await post(`webhooks/${old.id}/secret`)).json()) as Hook;
    const { webhooks: t } = app.engine.tables;
    const [row] = await app.engine.db.select().from(t).where(eq(t.id, old.id));
    expect(JSON.stringify(row)).not.toMatch(/whsec_/);
    for (const hours of [0, 24]) {
      app.clock.now += hours * 3_600_000;
      await post(`webhooks/${old.id}/test`);
      await run();
    }
    const [during, after] = heard.map((one) => ({ one, said: String(one.headers['webhook-signature']) }));
    expect(during!.said.split(' ')).toEqual([
      signatureOf(during!.one, fresh.secret),
      signatureOf(during!.one, old.secret),
    ]);
    expect(after!.said).toBe(signatureOf(after!.one, fresh.secret));
  });

  it('switched off it is told nothing more, by hand or by answering that it is gone', async () => {
    const hook = await hookAt();
    await post(`webhooks/${hook.id}/test`);
    expect((await post(`webhooks/${hook.id}/switch`, { state: 'off' })).status).toBe(200);
    await counter.bought(member, '10');
    await run();
    const { items } = await logOf(hook);
    expect(items.map(({ event, state }) => [event, state])).toEqual([['webhook.test', 'failed']]);
    expect(heard).toEqual([]);
    await post(`webhooks/${hook.id}/switch`, { state: 'on' });
    answers = 410;
    await post(`webhooks/${hook.id}/test`);
    await run();
    const list = await app.request(`/api/v1/merchants/${shop.id}/webhooks`, { by: manager });
    expect(await list.json()).toMatchObject({ items: [{ id: hook.id, state: 'off' }] });
  });

  it('one that takes nothing holds up no other', async () => {
    const dead = await hookAt('http://127.0.0.1:9/');
    const hook = await hookAt();
    for (let n = 0; n < 25; n += 1) await post(`webhooks/${dead.id}/test`);
    await post(`webhooks/${hook.id}/test`);
    expect((await run()).delivered).toBe(1);
    const tried = (await logOf(dead, 'limit=100')).items.filter(({ attempts }) => attempts.length > 0);
    expect(tried).toHaveLength(20);
  });

  it('takes public https addresses, five a shop, of the shop’s manager alone', async () => {
    const at = `merchants/${shop.id}/webhooks`;
    const ask = async (given: string) => (await post(at, { url: given, events })).status;
    expect(await ask('http://pos.example.com/')).toBe(422);
    expect(await ask('https://10.0.0.1/')).toBe(422);
    const all = await Promise.all([1, 2, 3, 4, 5].map((n) => ask(`https://pos.example.com/${n}`)));
    expect(all).toEqual(Array(5).fill(201));
    expect(await ask('https://pos.example.com/6')).toBe(422);
    const list = await app.request(`/api/v1/${at}`, { by: manager });
    const [first] = ((await list.json()) as { items: Hook[] }).items;
    await post(`webhooks/${first!.id}/switch`, { state: 'off' });
    expect(await ask('https://pos.example.com/6')).toBe(201);
    expect((await post(`webhooks/${first!.id}/switch`, { state: 'on' })).status).toBe(422);
    const stranger = await app.person({ role: 'merchant_manager', place: (await town.merchant()).id });
    expect((await post(at, { url, events }, stranger)).status).toBe(404);
  });
});
