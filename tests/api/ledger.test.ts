/** The ledger by API: entries given by systems, balances now and then, statements and transactions. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown } from '../support/demo-programme.ts';

type Posted = { unit: string; transactions: string[]; bookedAt: string };
type Balances = { balances: { role: string; unit: string; fund: string; balance: string }[] };
type Page<Item> = { items: Item[]; next?: string };
const POST = '/api/v1/ledger/transactions';
const NOON = Date.UTC(2026, 5, 15, 4);

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let auditor: TestPerson;
  let elsewhere: TestPerson;
  let till: Visitor;
  let fund: string;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    fund = town.volunteerFund.id;
    auditor = await app.person({ role: 'auditor', place: town.street });
    elsewhere = await app.person({ role: 'auditor', place: await app.place('community', '', 2) });
    till = await app.key({ scopes: ['ledger:write', 'ledger:read'], place: town.community });
  });

  const series = { expiresAt: '2027-12-31T16:00:00.000Z', rateMicro: '100000', budgetReturns: true };
  /** Points for a member, out of the fund's budget. */
  const given = (member: string, amount: string, more: object = {}) => {
    const less = amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
    const entries = [
      { owner: fund, role: 'issuer', unit: 'VOL', fund, series, amount: less },
      { owner: member, role: 'available', unit: 'VOL', fund, series, amount },
      { owner: fund, role: 'unissued', unit: 'VOL', fund, amount: less },
      { owner: fund, role: 'issued', unit: 'VOL', fund, amount },
    ];
    return { place: town.estate, kind: 'trial', entries, ...more };
  };
  const post = (json: object, { key = uuid(), by = till }: { key?: string; by?: Visitor } = {}) =>
    app.request(POST, { json, key, by });
  const posted = async (json: object): Promise<Posted> => {
    const answer = await post(json);
    if (answer.status !== 201) throw new Error(await answer.text());
    return (await answer.json()) as Posted;
  };
  const get = async <Answer>(path: string, by: Visitor = auditor): Promise<Answer> => {
    const answer = await app.request(`/api/v1${path}`, { by });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Answer;
  };
  const bytes = async (answer: Response) => [answer.status, await answer.text()];

  describe('posting', () => {
    it('books balanced entries once a key', async () => {
      const member = uuid();
      const key = uuid();
      const first = await post(given(member, '5'), { key });
      expect([first.status, first.headers.get('Idempotency-Hit')]).toEqual([201, null]);
      const again = await post(given(member, '5'), { key });
      expect([again.status, again.headers.get('Idempotency-Hit')]).toEqual([201, 'true']);
      const answer = (await first.json()) as Posted;
      expect(await again.json()).toEqual(answer);
      expect(answer.transactions).toHaveLength(1);
      expect(await codeOf(await post(given(member, '6'), { key }))).toBe('key-reused');
      const { balances } = await get<Balances>(`/books/1/owners/${member}/balances`);
      expect(balances).toMatchObject([{ role: 'available', unit: 'VOL', fund, balance: '5' }]);
    });

    it('a hundred tills with one key at once book it once', async () => {
      const member = uuid();
      const key = uuid();
      const answers = await Promise.all(Array.from({ length: 100 }, () => post(given(member, '1'), { key })));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      const units = await Promise.all(answers.map(async (a) => ((await a.json()) as Posted).unit));
      expect(new Set(units).size).toBe(1);
      const { balances } = await get<Balances>(`/books/1/owners/${member}/balances`);
      expect(balances.map(({ balance }) => balance)).toEqual(['1']);
    });

    const available = (owner: string, amount: string) => ({
      ...{ owner, role: 'available', unit: 'VOL', fund, series, amount },
    });
    const ofFund = (role: string, amount: string) => ({ owner: fund, role, unit: 'VOL', fund, amount });
    it.each<[string, (member: string) => object]>([
      [
        'not-balanced',
        (m) => ({ entries: [available(m, '5'), { ...available(fund, '-4'), role: 'issuer' }] }),
      ],
      ['between-members', (m) => ({ entries: [available(m, '5'), available(uuid(), '-5')] })],
      ['wrong-account', (m) => ({ entries: [available(m, '5'), { ...available(m, '-5'), role: 'issuer' }] })],
      ['invariant-broken', () => ({ entries: [ofFund('unissued', '-5'), ofFund('owed', '5')] })],
      ['insufficient-points', (m) => given(m, '-5')],
      ['budget-exhausted', (m) => given(m, '50001')],
      ['effective-in-future', (m) => given(m, '5', { effectiveAt: '2026-06-15T04:00:00.001Z' })],
      ['effective-in-future', (m) => given(m, '5', { originalEffectiveAt: '2026-06-15T04:00:00.001Z' })],
    ])('%s books nothing, is remembered and needs a new key', async (code, changed) => {
      const member = uuid();
      const json = { ...given(member, '5'), ...changed(member) };
      const key = uuid();
      const refused = await bytes(await post(json, { key }));
      expect(refused[1]).toContain(`"code":"${code}"`);
      expect(refused[1]).toContain('"needsNewKey":true');
      expect(await bytes(await post(json, { key }))).toEqual(refused);
      expect(await get<Balances>(`/books/1/owners/${member}/balances`)).toEqual({
        owner: member,
        balances: [],
      });
    });

    it('rule 8: a phone, a name or a number is no owner', async () => {
      for (const owner of ['13800000001', 'wang.xiaoming', 'member-1']) {
        const answer = await post(given(owner, '5'));
        expect([answer.status, await answer.text()]).toEqual([
          422,
          expect.stringContaining('entries.1.owner'),
        ]);
      }
    });

    it('an owner is taken whoever it is, into our own book, and another book’s person like nobody', async () => {
      const theirs = await app.resident({ role: 'member', place: await app.place('community', '', 2) });
      for (const owner of [theirs, uuid()]) {
        expect((await post(given(owner, '5'))).status).toBe(201);
        const { balances } = await get<Balances>(`/books/1/owners/${owner}/balances`);
        expect(balances).toMatchObject([{ role: 'available', balance: '5' }]);
        expect(await get<Balances>(`/books/2/owners/${owner}/balances`, elsewhere)).toMatchObject({
          balances: [],
        });
      }
      const document = await (await app.request('/api/v1/openapi.json')).text();
      expect(document).toContain('Any `owner` that is a UUID is taken');
    });

    it('not into a closed month or one before it, but today with the original date', async () => {
      await town.closeMonth(town.estate, '2026-05');
      const member = uuid();
      const may = { effectiveAt: '2026-05-31T15:59:59.999Z' };
      expect(await codeOf(await post(given(member, '5', may)))).toBe('month-closed');
      const april = { effectiveAt: '2026-04-20T00:00:00.000Z' };
      expect(await codeOf(await post(given(member, '5', april)))).toBe('month-closed');
      const { transactions } = await posted(given(member, '5', { originalEffectiveAt: may.effectiveAt }));
      const found = await get<object>(`/ledger/transactions/${transactions[0]}`);
      expect(found).toMatchObject({ originalEffectiveAt: may.effectiveAt, place: town.estate });
    });

    it.each(['pending', 'held', 'redeemed'])(
      '%s is not moved by entries that a system gives',
      async (role) => {
        const { entries, ...of } = given(uuid(), '5');
        const answer = await post({ ...of, entries: [{ ...entries[1]!, role }, ...entries] });
        expect([answer.status, await codeOf(answer)]).toEqual([422, 'invalid-input']);
      },
    );

    it.each([
      ['1e9', 'entries.1.amount'],
      ['-0', 'entries.1.amount'],
      ['0.001', 'entries.1.amount'],
      ['9007199254740993', 'entries.1.amount'],
    ])('an amount of %s names its field', async (amount, field) => {
      const refused = (await (await post(given(uuid(), amount))).json()) as { fields: { field: string }[] };
      expect(refused).toMatchObject({ code: 'invalid-input' });
      expect(refused.fields.map((f) => f.field)).toContain(field);
    });

    it('at a place of elsewhere answers as at none, and nothing is booked', async () => {
      const [theirs, sibling] = [await app.place('estate', '', 2), await app.place('estate')];
      const answers = [theirs, sibling, uuid()].map(async (place) =>
        bytes(await post(given(uuid(), '5', { place }))),
      );
      const [a, b, c] = await Promise.all(answers);
      expect(a![0]).toBe(404);
      expect([a, b]).toEqual([c, c]);
    });

    it('is for keys with the scope, and never without a key of its own', async () => {
      const reader = await app.key({ scopes: ['ledger:read'], place: town.community });
      expect((await post(given(uuid(), '5'), { by: reader })).status).toBe(403);
      expect((await post(given(uuid(), '5'), { by: auditor })).status).toBe(403);
      expect(await codeOf(await app.request(POST, { json: given(uuid(), '5'), by: till }))).toBe(
        'key-missing',
      );
    });
  });

  describe('reading', () => {
    it('a balance as of a past time counts a late entry from when it took effect', async () => {
      const member = uuid();
      await posted(given(member, '5'));
      await posted(given(member, '2', { effectiveAt: '2026-06-10T00:00:00Z' }));
      const at = async (time: string) =>
        (await get<Balances>(`/books/1/owners/${member}/balances?effectiveAt=${time}`)).balances.map(
          (b) => b.balance,
        );
      expect(await at('2026-06-09T23:59:59.999Z')).toEqual([]);
      expect(await at('2026-06-10T00:00:00Z')).toEqual(['2']);
      expect(await at(new Date(NOON).toISOString())).toEqual(['7']);
      const wrong = await app.request(
        `/api/v1/books/1/owners/${member}/balances?effectiveAt=2026-02-30T00:00:00Z`,
        { by: auditor },
      );
      expect(await wrong.json()).toMatchObject({ code: 'invalid-input', fields: [{ field: 'effectiveAt' }] });
    });

    it('a balance as booked at a transaction is what stood there then, whatever took effect earlier', async () => {
      const member = uuid();
      const first = await posted(given(member, '5'));
      await posted(given(member, '2', { effectiveAt: '2026-06-10T00:00:00Z' }));
      const seq = Number(first.transactions[0]) % 2 ** 40;
      const at = async (query: string) =>
        (await get<Balances>(`/books/1/owners/${member}/balances?${query}`)).balances.map((b) => b.balance);
      expect(await at(`seq=${seq - 1}`)).toEqual([]);
      expect(await at(`seq=${seq}`)).toEqual(['5']);
      expect(await at(`seq=${seq + 1}`)).toEqual(['7']);
      for (const [query, field] of [
        ['seq=-1', 'seq'],
        ['seq=1&effectiveAt=2026-06-10T00:00:00Z', 'seq'],
      ]) {
        const wrong = await app.request(`/api/v1/books/1/owners/${member}/balances?${query}`, {
          by: auditor,
        });
        expect(await wrong.json()).toMatchObject({ code: 'invalid-input', fields: [{ field }] });
      }
    });

    it('a statement and a book’s transactions come in pages without gaps or doubles', async () => {
      const member = uuid();
      const made: string[] = [];
      for (const amount of ['1', '2', '3', '4', '5']) {
        made.unshift((await posted(given(member, amount))).transactions[0]!);
      }
      const read = async <Item>(path: string, take = Infinity): Promise<Item[]> => {
        const items: Item[] = [];
        for (let next: string | undefined = ''; next !== undefined && items.length < take;) {
          const page: Page<Item> = await get(`${path}?limit=2${next && `&cursor=${next}`}`);
          items.push(...page.items);
          next = page.next;
        }
        return items;
      };
      type Line = { transaction: string; amount: string; balanceAfter: string };
      const lines = await read<Line>(`/books/1/owners/${member}/statement`);
      expect(lines.map(({ transaction }) => transaction)).toEqual(made);
      expect(lines.map(({ balanceAfter }) => balanceAfter)).toEqual(['15', '10', '6', '3', '1']);
      const heads = await read<{ id: string }>('/books/1/transactions', 5);
      expect(heads.slice(0, 5).map(({ id }) => id)).toEqual(made);
    });

    it('one transaction shows its entries, its hash and who made it', async () => {
      const member = uuid();
      const { transactions, unit } = await posted(given(member, '5'));
      const found = await get<{ hash: string }>(`/ledger/transactions/${transactions[0]}`);
      expect(found).toMatchObject({
        ...{ id: transactions[0], book: 1, unit, kind: 'post.trial', source: 'api' },
        entries: [
          { owner: fund, role: 'issuer', amount: '-5' },
          { owner: member, role: 'available', amount: '5', balanceAfter: '5' },
          { owner: fund, role: 'unissued', amount: '-5' },
          { owner: fund, role: 'issued', amount: '5' },
        ],
      });
      expect(found.hash).toMatch(/^[0-9a-f]{64}$/);
    });

    it('a cursor that nobody gave out is bad input, on every list', async () => {
      const forged = [['newest', 'x', 'y'], ['newest', 1, '1e5'], ['newest', 1, 1.5], ['oldest', 1, 1], 'x'];
      for (const path of ['transactions', `owners/${fund}/statement`]) {
        for (const cursor of forged) {
          const sealed = Buffer.from(JSON.stringify(cursor)).toString('base64url');
          const answer = await app.request(`/api/v1/books/1/${path}?cursor=${sealed}`, { by: auditor });
          expect([cursor, answer.status]).toEqual([cursor, 422]);
        }
      }
    });

    it('another tenant’s book and transaction are not to be found, byte for byte', async () => {
      const { transactions } = await posted(given(uuid(), '5'));
      const ask = async (path: string) => bytes(await app.request(`/api/v1${path}`, { by: elsewhere }));
      expect(await ask(`/ledger/transactions/${transactions[0]}`)).toEqual(
        await ask('/ledger/transactions/1'),
      );
      for (const path of ['transactions', `owners/${fund}/balances`, `owners/${fund}/statement`]) {
        const found = await ask(`/books/1/${path}`);
        expect(found).toEqual(await ask(`/books/99/${path}`));
        expect(found[0]).toBe(404);
      }
    });
  });
});
