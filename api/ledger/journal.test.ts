import { describe, expect, it } from 'vitest';
import type { Outcome, Unit } from './core/command.ts';
import { Journal, JournalUnavailable, type BatchReport } from './journal.ts';
import type { LedgerStore } from './store.ts';
import { FakeStore } from '../../tests/support/fake-store.ts';

function unit(id: string): Unit {
  const key = { scope: 'org', key: id };
  return { id, key, requestHash: id, place: 'p', actor: 'a', source: 'test', commands: [] };
}

function units(prefix: string, count: number): Unit[] {
  return Array.from({ length: count }, (_, i) => unit(`${prefix}${i + 1}`));
}

function broken(code: string): Error {
  return Object.assign(new Error(`database said ${code}`), { code });
}

/** A promise to be settled from outside. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

function journalOf(store: LedgerStore, limits: ConstructorParameters<typeof Journal>[0]['limits'] = {}) {
  return new Journal({ store, now: () => 1_000, limits });
}

describe('gathering', () => {
  it('commits together what arrived in the same moment', async () => {
    const store = new FakeStore();
    const journal = journalOf(store);
    await Promise.all(units('u', 5).map((u) => journal.commit(1, u)));
    expect(store.batches).toEqual([['u1', 'u2', 'u3', 'u4', 'u5']]);
  });

  it('commits together what gathered while the last batch was written', async () => {
    const store = new FakeStore();
    const journal = journalOf(store);
    const { opened, open } = gate();
    store.script.push(() => opened);
    const first = journal.commit(1, unit('first'));
    await turn();
    const later = units('later', 3).map((u) => journal.commit(1, u));
    await turn();
    expect(store.batches).toEqual([['first']]);
    open();
    await Promise.all([first, ...later]);
    expect(store.batches).toEqual([['first'], ['later1', 'later2', 'later3']]);
  });

  it('hands the store its next batch before anybody hears of the last one', async () => {
    const store = new FakeStore();
    const journal = journalOf(store);
    const { opened, open } = gate();
    store.script.push(() => opened);
    const first = journal.commit(1, unit('first')).then(() => store.batches.length);
    await turn();
    const later = journal.commit(1, unit('later'));
    open();
    expect(await first).toBe(2);
    await later;
    expect(journal.waiting).toBe(0);
  });

  it('lets new requests in between the batches of a store that answers at once', async () => {
    const store = new FakeStore();
    const journal = journalOf(store, { bulkPerBatch: 1 });
    const bulk = units('expiry', 50).map((u) => journal.commit(1, u, 'bulk'));
    await turn();
    await journal.commit(1, unit('till'));
    expect(store.batches.length).toBeLessThan(30);
    await Promise.all(bulk);
  });

  it('gathers no longer than the store asks for', async () => {
    const run = async (store: FakeStore): Promise<string[][]> => {
      const journal = journalOf(store);
      const later: Promise<Outcome>[] = [];
      setImmediate(() => {
        later.push(journal.commit(1, unit('with it')));
        setImmediate(() => later.push(journal.commit(1, unit('a turn later'))));
      });
      await journal.commit(1, unit('first'));
      await turn();
      await Promise.all(later);
      return store.batches;
    };
    const eager = Object.assign(new FakeStore(), { gatherTurns: 1 });
    expect(await run(eager)).toEqual([['first', 'with it'], ['a turn later']]);
    expect(await run(new FakeStore())).toEqual([['first', 'with it', 'a turn later']]);
  });

  it('answers each unit with its own outcome', async () => {
    const journal = journalOf(new FakeStore());
    const outcomes = await Promise.all(units('u', 3).map((u) => journal.commit(1, u)));
    expect(outcomes.map((o) => o.status === 'posted' && o.answer.unit)).toEqual(['u1', 'u2', 'u3']);
  });

  it('takes no more units at a time than a batch may have', async () => {
    const store = new FakeStore();
    const journal = journalOf(store, { batch: 2 });
    await Promise.all(units('u', 5).map((u) => journal.commit(1, u)));
    expect(store.batches.map((batch) => batch.length)).toEqual([2, 2, 1]);
  });

  it('lets books go on beside each other, one batch at a time each', async () => {
    const store = new FakeStore();
    const journal = journalOf(store);
    const { opened, open } = gate();
    store.script.push(() => opened);
    const slow = journal.commit(1, unit('slow'));
    await turn();
    await journal.commit(2, unit('other book'));
    expect(store.batches).toEqual([['slow'], ['other book']]);
    open();
    await slow;
  });

  it('goes on after a pause in which nothing waited', async () => {
    const store = new FakeStore();
    const journal = journalOf(store);
    for (const u of units('u', 3)) await journal.commit(1, u);
    expect(store.batches).toEqual([['u1'], ['u2'], ['u3']]);
  });
});

describe('lanes', () => {
  it('takes at most its share of bulk units, so that a till never waits for a whole run', async () => {
    const store = new FakeStore();
    const journal = journalOf(store, { bulkPerBatch: 2 });
    const bulk = units('expiry', 5).map((u) => journal.commit(1, u, 'bulk'));
    const till = journal.commit(1, unit('till'));
    await Promise.all([...bulk, till]);
    expect(store.batches).toEqual([['till', 'expiry1', 'expiry2'], ['expiry3', 'expiry4'], ['expiry5']]);
  });

  it('has a place for bulk work in a batch that tills alone would fill', async () => {
    const store = new FakeStore();
    const journal = journalOf(store, { batch: 50 });
    const tills = units('till', 100).map((u) => journal.commit(1, u));
    const bulk = journal.commit(1, unit('expiry'), 'bulk');
    await Promise.all([...tills, bulk]);
    expect(store.batches[0]).toHaveLength(50);
    expect(store.batches[0]?.at(-1)).toBe('expiry');
  });

  it('puts a unit that arrives during a bulk run into the very next batch', async () => {
    const store = new FakeStore();
    const journal = journalOf(store, { bulkPerBatch: 1 });
    const { opened, open } = gate();
    store.script.push(() => opened);
    const bulk = units('expiry', 3).map((u) => journal.commit(1, u, 'bulk'));
    await turn();
    const till = journal.commit(1, unit('till'));
    open();
    await Promise.all([...bulk, till]);
    expect(store.batches).toEqual([['expiry1'], ['till', 'expiry2'], ['expiry3']]);
  });
});

describe('a batch that the database refuses', () => {
  it('runs one by one, and only the unit at fault fails', async () => {
    const store = new FakeStore();
    store.refused.set('u2', broken('23505'));
    const journal = journalOf(store);
    const settled = await Promise.allSettled(units('u', 3).map((u) => journal.commit(1, u)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(store.batches).toEqual([['u1', 'u2', 'u3'], ['u1'], ['u2'], ['u3']]);
  });

  it('tells the one at fault what the database said', async () => {
    const store = new FakeStore();
    store.refused.set('u1', broken('23514'));
    await expect(journalOf(store).commit(1, unit('u1'))).rejects.toMatchObject({ code: '23514' });
    expect(store.batches).toEqual([['u1']]);
  });
});

describe('rule 6: a commit with an unknown result is run again', () => {
  it.each(['57P01', '08006', '40001', '40P01', '55P03', '53300', 'ECONNRESET', 'SQLITE_BUSY'])(
    'after %s the whole batch is tried again and answered',
    async (code) => {
      const store = new FakeStore();
      store.script.push(() => {
        throw broken(code);
      });
      const journal = journalOf(store);
      const outcomes = await Promise.all(units('u', 2).map((u) => journal.commit(1, u)));
      expect(outcomes.map(({ status }) => status)).toEqual(['posted', 'posted']);
      expect(store.batches).toHaveLength(2);
    },
  );

  it('keeps the batch together, since the fault is nobody’s in it', async () => {
    const store = new FakeStore();
    store.script.push(() => {
      throw new Error('Connection terminated unexpectedly');
    });
    const journal = journalOf(store);
    await Promise.all(units('u', 2).map((u) => journal.commit(1, u)));
    expect(store.batches).toEqual([
      ['u1', 'u2'],
      ['u1', 'u2'],
    ]);
  });

  it('says that the database is away when it stays away, to everybody at once', async () => {
    const store = new FakeStore();
    const away = (): never => {
      throw broken('ECONNREFUSED');
    };
    store.script.push(away, away);
    const journal = journalOf(store, { attempts: 2 });
    const settled = await Promise.allSettled(units('u', 3).map((u) => journal.commit(1, u)));
    expect(settled).toMatchObject(
      Array.from({ length: 3 }, () => ({ status: 'rejected', reason: { reason: 'unreachable' } })),
    );
    expect(store.batches).toHaveLength(2);
  });
});

describe('a full or stopping journal', () => {
  it('refuses what does not fit into the queue and writes nothing of it', async () => {
    const store = new FakeStore();
    const journal = journalOf(store, { queue: 2 });
    const settled = await Promise.allSettled(units('u', 4).map((u) => journal.commit(1, u)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(store.batches.flat()).toEqual(['u1', 'u2']);
  });

  it('counts what is being written as waiting', async () => {
    const store = new FakeStore();
    const journal = journalOf(store, { queue: 2 });
    const { opened, open } = gate();
    store.script.push(() => opened);
    const both = units('u', 2).map((u) => journal.commit(1, u));
    await turn();
    expect(journal.waiting).toBe(2);
    await expect(journal.commit(1, unit('more'))).rejects.toBeInstanceOf(JournalUnavailable);
    open();
    await Promise.all(both);
    expect(journal.waiting).toBe(0);
    await journal.commit(1, unit('again'));
  });

  it('answers everything that was taken before it stops', async () => {
    const store = new FakeStore();
    const journal = journalOf(store, { batch: 1 });
    const taken = units('u', 3).map((u) => journal.commit(1, u));
    await journal.stop();
    expect(store.batches).toEqual([['u1'], ['u2'], ['u3']]);
    expect((await Promise.all(taken)).map(({ status }) => status)).toEqual(['posted', 'posted', 'posted']);
  });

  it('that stops while the database is away waits for it once, not with every batch', async () => {
    const store = new FakeStore();
    const away = (): never => {
      throw broken('ECONNREFUSED');
    };
    store.script.push(away, away);
    const journal = journalOf(store, { batch: 1, attempts: 2 });
    const settled = Promise.allSettled(units('u', 4).map((u) => journal.commit(1, u)));
    await journal.stop();
    expect(await settled).toMatchObject(
      ['unreachable', 'stopping', 'stopping', 'stopping'].map((reason) => ({ reason: { reason } })),
    );
    expect(store.batches).toEqual([['u1'], ['u1']]);
  });

  it('takes nothing once it is stopping', async () => {
    const journal = journalOf(new FakeStore());
    await journal.stop();
    await expect(journal.commit(1, unit('late'))).rejects.toMatchObject({ reason: 'stopping' });
  });
});

it('reports each attempt with its size, and whether it failed', async () => {
  const store = new FakeStore();
  store.script.push(() => {
    throw broken('40001');
  });
  const reports: BatchReport[] = [];
  const journal = new Journal({ store, now: () => 0, onBatch: (report) => reports.push(report) });
  await Promise.all(units('u', 2).map((u) => journal.commit(1, u)));
  expect(reports).toMatchObject([
    { units: 2, failed: true },
    { units: 2, failed: false },
  ]);
});

/** Longer than a journal lets units gather. */
async function turn(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((done) => setImmediate(done));
}
