import { afterEach, expect, it, vi } from 'vitest';
import { v7 as uuid } from 'uuid';
import { HEARTBEAT_STALE_MS, startVerification } from '../../api/ledger/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { codeOf, nobody, openBook, startApp } from '../support/app.ts';
import type { TestApp, TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { execute } from '../support/stored-book.ts';
import { BOOK, writeEventfulBook } from '../support/eventful-book.ts';

type Answer = {
  id: string;
  state: string;
  done: number;
  of: number;
  transactions?: number;
  root?: string;
  startedByName?: string;
  findings: { rule: number; transaction?: string; zh: string; en: string }[];
  findingCount: number;
};
type Listed = Omit<Answer, 'findings'>;
type List = { items: Listed[]; next?: string };

const HERE = `/api/v1/books/${BOOK}/verifications`;

afterEach(() => void vi.useRealTimers());

eachEngine((_name, open) => {
  async function start(): Promise<{ app: TestApp; auditor: TestPerson }> {
    const engine = await open();
    const bookedAt = await writeEventfulBook(engine);
    const app = await startApp(engine);
    app.clock.now = bookedAt;
    const auditor = await app.person({ role: 'auditor', place: await app.place() });
    return { app, auditor };
  }

  async function begin(app: TestApp, by: TestPerson): Promise<Answer> {
    const answer = await app.request(HERE, { method: 'POST', by });
    expect(answer.status).toBe(202);
    return (await answer.json()) as Answer;
  }

  /** Begun without the detour over HTTP, in which this small book may be done. */
  async function started(app: TestApp, { book, by } = { book: BOOK, by: 'person:auditor' }) {
    const begun = await startVerification(app.server.deps, { book, by });
    if (isProblem(begun)) throw new Error(begun.code);
    return begun;
  }

  async function ended(app: TestApp, by: TestPerson, id: string): Promise<Answer> {
    for (let tries = 0; tries < 600; tries++) {
      const found = (await (await app.request(`${HERE}/${id}`, { by })).json()) as Answer;
      if (found.state !== 'running') return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the verification did not end');
  }

  async function list(app: TestApp, by: TestPerson, query = ''): Promise<List> {
    const answer = await app.request(`${HERE}${query}`, { by });
    expect(answer.status).toBe(200);
    return (await answer.json()) as List;
  }

  it('an auditor verifies a book that is right and reads its root', async () => {
    const { app, auditor } = await start();
    const begun = await begin(app, auditor);
    expect(begun).toMatchObject({ state: 'running', findings: [], findingCount: 0 });
    const done = await ended(app, auditor, begun.id);
    expect(done).toMatchObject({ state: 'right', findings: [], findingCount: 0 });
    expect(done.transactions).toBeGreaterThan(10);
    expect(done).toMatchObject({ done: done.transactions, of: done.transactions });
    expect(done.root).toMatch(/^[0-9a-f]{64}$/);
  });

  it('whoever asks while one runs watches that one, and the database takes no second', async () => {
    const { app } = await start();
    const id = await begunElsewhere(app, app.clock.now);
    const seen = await Promise.all([started(app), started(app), started(app), started(app)]);
    expect(seen.map((one) => one.id)).toEqual([id, id, id, id]);
    await expect(begunElsewhere(app, app.clock.now)).rejects.toThrow();
  });

  it('afterwards a new one begins, and finds the same root', async () => {
    const { app, auditor } = await start();
    const first = await ended(app, auditor, (await begin(app, auditor)).id);
    const next = await ended(app, auditor, (await begin(app, auditor)).id);
    expect(next.root).toBe(first.root);
    const { items } = await list(app, auditor);
    expect(items.map(({ id }) => id)).toEqual([next.id, first.id]);
  });

  it('a number that was changed behind the program is found, with its rule', async () => {
    const { app, auditor } = await start();
    await execute(app.engine, 'update positions set balance = balance + 1 where balance > 0');
    const { id } = await begin(app, auditor);
    const done = await ended(app, auditor, id);
    expect(done.state).toBe('wrong');
    expect(done.findingCount).toBeGreaterThan(0);
    expect(done.findings[0]).toMatchObject({ rule: 2 });
    expect(done.findings[0]?.zh).toMatch(/余额/);
  });

  it('a verification that cannot end says so and calls the book neither right nor wrong', async () => {
    const { app, auditor } = await start();
    await execute(app.engine, 'alter table tallies rename to tallies_gone');
    const { id } = await begin(app, auditor);
    const done = await ended(app, auditor, id);
    expect(done).toMatchObject({ state: 'failed', findings: [] });
    expect(done.root).toBeUndefined();
    expect(app.logged).toContainEqual(expect.objectContaining({ book: BOOK, state: 'failed' }));
  });

  /** As if another process had begun one, which was last heard of at this time. */
  async function begunElsewhere({ engine, clock, server }: TestApp, heartbeatAt: number): Promise<string> {
    const id = server.deps.ids();
    const row = { id, book: BOOK, startedBy: 'person:somebody', startedAt: heartbeatAt, heartbeatAt };
    const progress = { state: 'running' as const, done: 7, of: 20, findings: [], findingCount: 0 };
    await engine.db.insert(engine.tables.bookVerifications).values({ ...row, ...progress });
    expect(heartbeatAt).toBeLessThanOrEqual(clock.now);
    return id;
  }

  it('one that runs in another process is watched from here, and not begun again', async () => {
    const { app, auditor } = await start();
    const id = await begunElsewhere(app, app.clock.now - HEARTBEAT_STALE_MS);
    expect(await begin(app, auditor)).toMatchObject({ id, state: 'running', done: 7, of: 20 });
    // Another book's auditor is not kept waiting by it.
    await openBook(app, 2);
    const theirs = await started(app, { book: 2, by: 'person:other' });
    expect(theirs.id).not.toBe(id);
  });

  it('one whose process was cut off is shown as broken off, and makes room for a new one', async () => {
    const { app, auditor } = await start();
    const id = await begunElsewhere(app, app.clock.now - HEARTBEAT_STALE_MS - 1);
    const seen = (await (await app.request(`${HERE}/${id}`, { by: auditor })).json()) as Answer;
    expect(seen).toMatchObject({ state: 'broken-off', done: 7 });
    const next = await begin(app, auditor);
    expect(next.id).not.toBe(id);
    expect((await ended(app, auditor, next.id)).state).toBe('right');
    const { items } = await list(app, auditor);
    expect(items.map(({ state }) => state)).toEqual(['right', 'broken-off']);
  });

  it('one that takes longer says, beat by beat, that it goes on', async () => {
    const { app, auditor } = await start();
    const { bookVerifications: t } = app.engine.tables;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { id, startedAt } = await started(app);
    app.clock.now += HEARTBEAT_STALE_MS / 2;
    vi.advanceTimersToNextTimer();
    expect((await ended(app, auditor, id)).state).toBe('right');
    // Read after its end, which waits for the last beat: this small book is done before a question over HTTP comes.
    expect(await app.engine.db.select().from(t)).toMatchObject([
      { id, startedAt, heartbeatAt: startedAt + HEARTBEAT_STALE_MS / 2 },
    ]);
  });

  it('one that was given up too early keeps what it found, beside the one that took its place', async () => {
    const { app, auditor } = await start();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const early = await started(app);
    app.clock.now += HEARTBEAT_STALE_MS + 1;
    const next = await started(app);
    expect(next.id).not.toBe(early.id);
    const { root } = await ended(app, auditor, next.id);
    await expect
      .poll(async () => (await app.request(`${HERE}/${early.id}`, { by: auditor })).json(), {
        timeout: 30_000,
      })
      .toMatchObject({ state: 'right', root });
  });

  it('says who began it, and its answer outlives the process', async () => {
    const { app, auditor } = await start();
    const { id } = await begin(app, auditor);
    const done = await ended(app, auditor, id);
    const other = await startApp(app.engine);
    other.clock.now = app.clock.now;
    const again = (await (await other.request(`${HERE}/${id}`, { by: auditor })).json()) as Answer;
    expect(again).toEqual(done);
    expect(again).toMatchObject({ startedBy: `person:${auditor.id}`, startedByName: '王*' });
  });

  it('who began it is named masked, a machine by its key, and nobody where no name is kept', async () => {
    const { app, auditor } = await start();
    const key = await app.key({ scopes: ['ledger:read'] });
    const byMachine = (await (await app.request(HERE, { method: 'POST', by: key })).json()) as Answer;
    expect(byMachine).toMatchObject({ startedBy: `key:${key.id}`, startedByName: 'till' });
    await ended(app, auditor, byMachine.id);
    await ended(app, auditor, (await begin(app, auditor)).id);
    await begunElsewhere(app, app.clock.now);
    const { items } = await list(app, auditor);
    expect(items.map(({ startedByName }) => startedByName)).toEqual([undefined, '王*', 'till']);
  });

  it('what an earlier run found stays to be read when the book is right again', async () => {
    const { app, auditor } = await start();
    await execute(app.engine, 'update positions set balance = balance + 1 where balance > 0');
    const wrong = await ended(app, auditor, (await begin(app, auditor)).id);
    await execute(app.engine, 'update positions set balance = balance - 1 where balance > 1');
    const right = await ended(app, auditor, (await begin(app, auditor)).id);
    expect([wrong.state, right.state]).toEqual(['wrong', 'right']);
    const { items } = await list(app, auditor);
    expect(items.map(({ state, findingCount }) => [state, findingCount])).toEqual([
      ['right', 0],
      ['wrong', wrong.findingCount],
    ]);
    // A list of a hundred runs does not carry a hundred findings each.
    expect(items.some((item) => 'findings' in item)).toBe(false);
    const again = (await (await app.request(`${HERE}/${wrong.id}`, { by: auditor })).json()) as Answer;
    expect(again.findings).toEqual(wrong.findings);
    expect(again.findings.length).toBeGreaterThan(0);
  });

  it('all runs of a book can be leafed through, newest first', async () => {
    const { app, auditor } = await start();
    const made: string[] = [];
    for (let nth = 0; nth < 5; nth++) {
      made.unshift(await begunElsewhere(app, app.clock.now - HEARTBEAT_STALE_MS - 1));
      // As the next one would find it.
      await execute(app.engine, "update book_verifications set state = 'broken-off'");
    }
    const seen: string[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: List = await list(app, auditor, `?limit=2${next && `&cursor=${next}`}`);
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(seen).toEqual(made);
    const forged = Buffer.from(JSON.stringify(['newest', 'x', 1])).toString('base64url');
    expect((await app.request(`${HERE}?cursor=${forged}`, { by: auditor })).status).toBe(422);
  });

  it('a book that was never opened is not verified, and no run of it is kept', async () => {
    const { app } = await start();
    const auditor = await app.person({ role: 'auditor', place: await app.place('estate', '', 2) });
    const answer = await app.request('/api/v1/books/2/verifications', { method: 'POST', by: auditor });
    expect([answer.status, await codeOf(answer)]).toEqual([404, 'not-found']);
    expect(await app.engine.db.select().from(app.engine.tables.bookVerifications)).toEqual([]);
    await openBook(app, 2);
    const begun = await app.request('/api/v1/books/2/verifications', { method: 'POST', by: auditor });
    expect(begun.status).toBe(202);
  });

  it('a book whose own row somebody took away is verified, and that is what is found', async () => {
    const { app, auditor } = await start();
    const isFile = app.engine.kind === 'sqlite';
    await execute(
      app.engine,
      isFile ? 'drop trigger books_no_delete' : 'alter table books disable trigger all',
    );
    await execute(app.engine, 'delete from books');
    const done = await ended(app, auditor, (await begin(app, auditor)).id);
    expect(done.state).toBe('wrong');
    expect(done.findings[0]).toMatchObject({
      rule: 1,
      en: expect.stringContaining('rows of no book') as string,
    });
  });

  it('names the books that an auditor is responsible for, and no others', async () => {
    const { app, auditor } = await start();
    const elsewhere = await app.place('estate', '', 2);
    const other = await app.person({ role: 'auditor', place: elsewhere });
    const books = async (by: TestPerson) =>
      ((await (await app.request('/api/v1/books', { by })).json()) as { items: { book: number }[] }).items;
    expect((await books(auditor)).map(({ book }) => book)).toEqual([BOOK]);
    expect(await books(other)).toMatchObject([{ book: 2, place: elsewhere }]);
    expect((await app.request('/api/v1/books', { by: nobody })).status).toBe(401);
  });

  it("another book's verification is not to be found", async () => {
    const { app, auditor } = await start();
    const other = await app.person({ role: 'auditor', place: await app.place('estate', '', 2) });
    const { id } = await begin(app, auditor);
    expect((await app.request(`${HERE}/${id}`, { by: other })).status).toBe(404);
    expect((await app.request(`/api/v1/books/2/verifications/${id}`, { by: other })).status).toBe(404);
    expect((await app.request(`${HERE}/${uuid()}`, { by: auditor })).status).toBe(404);
    await ended(app, auditor, id);
  });
});
