/** What a batch is on both stores: rows, counters and numbers together with points, and no unit failing its neighbours. */
import { describe, expect, it } from 'vitest';
import { JournalUnavailable } from '../../api/ledger/index.ts';
import { readBook } from '../support/stored-book.ts';
import {
  budget,
  codeOf,
  credit,
  DAY,
  deskOn,
  eachStore,
  MORNING,
  newOrder,
  spend,
  tallyOf,
  unitOf,
} from './store-desk.ts';

eachStore((open) => {
  describe('domain rows', () => {
    it('of 500 confirmations of one order one goes through and 499 hear of the conflict', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(1_000), { rows: [newOrder('o')] });
      const rows = [{ update: 'test_orders', id: 'o', version: 1, set: { status: 'confirmed' } }];
      const outcomes = await Promise.all(
        Array.from({ length: 500 }, () => desk.commit(unitOf(credit('m', 1), { rows }))),
      );
      expect(tallyOf(outcomes)).toEqual({ posted: 1, 'version-conflict': 499 });
      expect(await desk.available('m')).toBe(1);
      expect(await desk.orders()).toMatchObject([{ id: 'o', version: 2, status: 'confirmed' }]);
    });

    it('of a batch of two hundred are all changed by one unit', async () => {
      const desk = await deskOn(open);
      const ids = Array.from({ length: 200 }, (_, nth) => `o${nth}`);
      await desk.post([], { rows: ids.map((id) => newOrder(id)) });
      const rows = ids.map((id) => ({ update: 'test_orders', id, version: 1, set: { status: 'exported' } }));
      expect(codeOf(await desk.commit(unitOf([], { rows })))).toBe('posted');
      expect(codeOf(await desk.commit(unitOf([], { rows })))).toBe('version-conflict');
    });

    it('and bytes that they name are kept with them: not where the unit is refused, and once where two name them', async () => {
      const desk = await deskOn(open);
      await desk.post([], { rows: [newOrder('o')] });
      const bytes = Buffer.from('%PDF-1.7');
      const contents = (id: string) => [{ table: 'attachment_contents', id, bytes, createdAt: MORNING }];
      const change = (id: string, version: number) => ({
        rows: [{ update: 'test_orders', id: 'o', version, set: { status: id } }],
        contents: contents(id),
      });
      expect(codeOf(await desk.commit(unitOf([], change('late', 7))))).toBe('version-conflict');
      expect(codeOf(await desk.commit(unitOf([], change('kept', 1))))).toBe('posted');
      const again = [change('kept', 2), change('kept', 3)].map((body) => desk.commit(unitOf([], body)));
      expect((await Promise.all(again)).map(codeOf)).toEqual(['posted', 'posted']);
      const { db, tables } = desk.engine;
      expect(await db.select().from(tables.attachmentContents)).toEqual([
        { id: 'kept', bytes, createdAt: MORNING },
      ]);
    });

    it('that moved on are what a unit hears of, not that its points have moved; and it may try again', async () => {
      const desk = await deskOn(open);
      const { transactions } = await desk.post([budget(10), credit('m', 5)], { rows: [newOrder('o')] });
      const paid = transactions[1] ?? 0;
      const back = (version: number) => ({
        rows: [{ update: 'test_orders', id: 'o', version, set: { status: 'back' } }],
      });
      await desk.post({ do: 'clawback', of: paid }, back(1));
      const late = unitOf({ do: 'clawback', of: paid }, back(1));
      expect(codeOf(await desk.commit(late))).toBe('version-conflict');
      expect(codeOf(await desk.commit({ ...late, ...back(2) }))).toBe('reversal-exceeded');
    });

    it('get the transaction, the number and the instant of their unit, and true and false as the engine has them', async () => {
      const desk = await deskOn(open);
      const values = {
        confirmed: 1,
        voucher: { planned: 'number' },
        tx: { planned: 'transaction', nth: 1 },
        booked_at: { planned: 'bookedAt' },
      } as const;
      const answer = await desk.post([budget(10), credit('m', 5)], {
        number: { prefix: 'HM-2606-', pad: 3 },
        rows: [{ insert: 'test_orders', values: { id: 'o', status: 'open', ...values } }, newOrder('p')],
      });
      const [first, second] = await desk.orders();
      expect(first).toMatchObject({ voucher: 'HM-2606-001', tx: answer.transactions[1], booked_at: MORNING });
      expect([Boolean(first?.confirmed), Boolean(second?.confirmed)]).toEqual([true, false]);
      expect(second).toMatchObject({ voucher: null, tx: null, version: 1 });
    });

    it('made and changed within one batch are written once, as they are at its end', async () => {
      const desk = await deskOn(open);
      const change = (version: number, status: string) => ({
        rows: [{ update: 'test_orders', id: 'o', version, set: { status } }],
      });
      const outcomes = await Promise.all([
        desk.commit(unitOf([], { rows: [newOrder('o')] })),
        desk.commit(unitOf([], change(1, 'confirmed'))),
        desk.commit(unitOf([], change(2, 'handed over'))),
      ]);
      expect(tallyOf(outcomes)).toEqual({ posted: 3 });
      expect(await desk.orders()).toMatchObject([{ id: 'o', version: 3, status: 'handed over' }]);
    });

    it('stay as they were when their unit is refused', async () => {
      const desk = await deskOn(open);
      await desk.post([], { rows: [newOrder('o')] });
      const rows = [
        { update: 'test_orders', id: 'o', version: 1, set: { status: 'confirmed' } },
        newOrder('p'),
      ];
      expect(await desk.verdict(spend('m', 5), { rows })).toBe('insufficient-points');
      expect(await desk.orders()).toMatchObject([{ id: 'o', version: 1, status: 'open' }]);
    });

    it('that do not exist are refused, and a table that no unit may write is a bug of ours', async () => {
      const desk = await deskOn(open);
      const rows = [{ update: 'test_orders', id: 'nobody', version: 1, set: { status: 'x' } }];
      expect(await desk.verdict([], { rows })).toBe('row-not-found');
      const forbidden = unitOf([], {
        rows: [{ update: 'entries', id: '1', version: 1, set: { amount: 2 } }],
      });
      await expect(desk.commit(forbidden)).rejects.toThrow(/entries/);
      const misspelt = unitOf([], { rows: [{ ...newOrder('o'), values: { id: 'o', 'status"': 'x' } }] });
      await expect(desk.commit(misspelt)).rejects.toThrow(/column/);
    });
  });

  describe('a batch that the database refuses', () => {
    it('runs one by one: a row that breaks a constraint never fails its neighbours', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(100));
      const units = Array.from({ length: 20 }, (_, i) =>
        unitOf(credit(`m${i}`, 1), {
          rows: [newOrder(`o${i}`, { status: i === 7 ? 'impossible' : 'open' })],
        }),
      );
      const settled = await Promise.allSettled(units.map((unit) => desk.commit(unit)));
      const failed = settled.flatMap(({ status }, i) => (status === 'rejected' ? [i] : []));
      expect(failed).toEqual([7]);
      expect(await desk.available('m7')).toBe(0);
      expect(await desk.available('m8')).toBe(1);
      expect(await desk.orders()).toHaveLength(19);
      expect(await desk.faults()).toEqual([]);
    });

    it('leaves no trace of accounts and series that it would have opened', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(100));
      const broken = unitOf(credit('m', 1), { rows: [newOrder('o', { status: 'impossible' })] });
      await expect(desk.commit(broken)).rejects.toThrow();
      await desk.post(credit('n', 2));
      await desk.post(credit('m', 3));
      expect([await desk.available('m'), await desk.available('n')]).toEqual([3, 2]);
      expect(await desk.faults()).toEqual([]);
    });
  });

  describe('counters', () => {
    it('rule 3: a cap holds over parallel units, and what was refused does not count', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(1_000));
      const capped = (): Promise<string> =>
        desk.verdict(credit('m', 3), { tallies: [{ key: 'cap:m:2026-06-20', add: 3, max: 10 }] });
      const verdicts = await Promise.all(Array.from({ length: 10 }, capped));
      expect(verdicts.filter((v) => v === 'posted')).toHaveLength(3);
      expect(verdicts.filter((v) => v === 'cap-exceeded')).toHaveLength(7);
      const one = { tallies: [{ key: 'cap:m:2026-06-20', add: 1, max: 10 }] };
      expect(await desk.verdict(credit('m', 1), one)).toBe('posted');
      expect(await desk.verdict(credit('m', 1), one)).toBe('cap-exceeded');
      expect(await desk.available('m')).toBe(10);
    });

    it('rule 3: a receipt is used once, in one batch and across batches, until it is freed', async () => {
      const desk = await deskOn(open);
      const receipt = (release = false) => ({ uniques: [{ key: 'receipt 4711', release }] });
      const parallel = await Promise.all([1, 2, 3].map(() => desk.verdict(budget(1), receipt())));
      expect(parallel.sort()).toEqual(['already-done', 'already-done', 'posted']);
      expect(await desk.verdict(budget(1), receipt())).toBe('already-done');
      expect(await desk.verdict(budget(1), receipt(true))).toBe('posted');
      expect(await desk.verdict(budget(1), receipt())).toBe('posted');
    });

    it('voucher numbers are consecutive under parallel load, and a refused unit takes none', async () => {
      const desk = await deskOn(open, { batch: 16 });
      await desk.post([budget(10_000), credit('m', 100)]);
      const number = { prefix: 'HM-2606-', pad: 4 };
      const outcomes = await Promise.all(
        Array.from({ length: 120 }, (_, i) =>
          desk.commit(unitOf(spend('m', i % 3 === 0 ? 500 : 1), { number })),
        ),
      );
      const numbers = outcomes.flatMap((o) => (o.status === 'posted' ? [o.answer.number] : []));
      const expected = Array.from({ length: 80 }, (_, i) => `HM-2606-${String(i + 1).padStart(4, '0')}`);
      expect(numbers).toEqual(expected);
      expect(await desk.faults()).toEqual([]);
    });
  });

  describe('the queue', () => {
    it('takes a bulk run in small parts, and a till passes it', async () => {
      const desk = await deskOn(open, { bulkPerBatch: 5 });
      await desk.post(budget(1_000));
      const order: string[] = [];
      const noted = async (name: string, lane: 'interactive' | 'bulk'): Promise<void> => {
        await desk.commit(unitOf(credit(name, 1)), 1, lane);
        order.push(name);
      };
      const bulk = Array.from({ length: 20 }, (_, i) => noted(`expiry${i}`, 'bulk'));
      await Promise.all([...bulk, noted('till', 'interactive')]);
      expect(order.indexOf('till')).toBeLessThan(6);
      expect(order).toHaveLength(21);
    });

    it('that is full refuses with nothing written, and the same key goes through later', async () => {
      const desk = await deskOn(open, { queue: 10 });
      const units = Array.from({ length: 15 }, () => unitOf(budget(1)));
      const settled = await Promise.allSettled(units.map((unit) => desk.commit(unit)));
      const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(refused).toHaveLength(5);
      expect(refused.every((reason) => reason instanceof JournalUnavailable)).toBe(true);
      const later = await Promise.all(units.slice(10).map((unit) => desk.commit(unit)));
      expect(later).toMatchObject(later.map(() => ({ status: 'posted', replayed: false })));
      expect((await readBook(desk.engine, 1)).transactions).toHaveLength(15);
    });
  });

  describe('a dry run', () => {
    it('answers what the real run will answer, and writes nothing', async () => {
      const desk = await deskOn(open);
      await desk.post([budget(100), credit('m', 20)]);
      const before = await readBook(desk.engine, 1);
      const rows = [newOrder('o', { confirmed: 1 })];
      const tried = [
        unitOf(spend('m', 15), { number: { prefix: 'A-', pad: 2 }, rows }),
        unitOf(spend('m', 15)),
        unitOf(spend('nobody', 15)),
        unitOf(credit('somebody new', 5)),
      ];
      for (const unit of tried) {
        const first = await desk.journal.dryRun(1, unit);
        const second = await desk.journal.dryRun(1, unit);
        expect(second).toEqual(first);
      }
      expect(await readBook(desk.engine, 1)).toEqual(before);
      expect(await desk.orders()).toEqual([]);
      for (const unit of tried) {
        expect(await desk.journal.dryRun(1, unit)).toEqual(await desk.commit(unit));
      }
      expect(await desk.faults()).toEqual([]);
    });
  });

  describe('books', () => {
    it('stay apart: members, budgets, tallies and numbers of one mean nothing in the other', async () => {
      const desk = await deskOn(open);
      const number = { prefix: 'V-', pad: 3 };
      const answers = await Promise.all([
        desk.post([budget(100), credit('m', 10)], { number }, 1),
        desk.post([budget(50), credit('m', 20)], { number }, 2),
        desk.post([budget(50)], { number, uniques: [{ key: 'r' }] }, 3),
      ]);
      expect(answers.map(({ number }) => number)).toEqual(['V-001', 'V-001', 'V-001']);
      expect(await desk.verdict(spend('m', 15), {}, 1)).toBe('insufficient-points');
      expect(await desk.verdict(spend('m', 15), {}, 2)).toBe('posted');
      expect(await desk.verdict({ do: 'refund', of: answers[0].transactions[1] ?? 0 }, {}, 2)).toBe(
        'transaction-not-found',
      );
      for (const book of [1, 2, 3]) expect(await desk.faults(book)).toEqual([]);
    });
  });

  describe('the clock', () => {
    it('rule 7: may run backwards, booking never does', async () => {
      const desk = await deskOn(open);
      const { bookedAt } = await desk.post(budget(1));
      desk.now -= 2 * DAY;
      expect((await desk.post(budget(1))).bookedAt).toBe(bookedAt);
      const late = unitOf(budget(1), { effectiveAt: bookedAt + 1 });
      expect(codeOf(await desk.commit(late))).toBe('effective-in-future');
      desk.now += 3 * DAY;
      expect((await desk.post(budget(1))).bookedAt).toBe(bookedAt + DAY);
      expect(await desk.faults()).toEqual([]);
    });
  });
});
