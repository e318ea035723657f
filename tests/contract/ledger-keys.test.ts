/** Rule 4 and rule 8 on both stores: one key has one effect, for ever. */
import { describe, expect, it } from 'vitest';
import { lastBooked } from '../../api/ledger/index.ts';
import { readBook } from '../support/stored-book.ts';
import { budget, codeOf, credit, deskOn, eachStore, newOrder, spend, tallyOf, unitOf } from './store-desk.ts';

eachStore((open) => {
  describe('rule 4: one key has one effect', () => {
    it('rule 4: a unit sent again gets the answer of the first time and changes nothing', async () => {
      const desk = await deskOn(open);
      const unit = unitOf([budget(100), credit('m', 30)]);
      const first = await desk.commit(unit);
      const before = await readBook(desk.engine, 1);
      desk.now += 60_000;
      const again = await desk.commit({ ...unit, id: 'another try' });
      expect(again).toEqual({ ...first, replayed: true });
      expect(await readBook(desk.engine, 1)).toEqual(before);
    });

    it('rule 4: the same key twice in one batch is one effect', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(100));
      const unit = unitOf(credit('m', 30));
      const outcomes = await Promise.all([1, 2, 3].map(() => desk.commit(unit)));
      expect(outcomes.map((o) => o.replayed)).toEqual([false, true, true]);
      expect(await desk.available('m')).toBe(30);
      expect(await desk.faults()).toEqual([]);
    });

    it('rule 4: the same key with another request is an error, and the first answer stays', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(100));
      const unit = unitOf(credit('m', 30));
      const first = await desk.commit(unit);
      const other = await desk.commit({ ...unit, requestHash: 'of another request' });
      expect(codeOf(other)).toBe('key-reused');
      expect(await desk.commit(unit)).toEqual({ ...first, replayed: true });
    });

    it('rule 4: the same key means something else to another organisation and in another book', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(100));
      await desk.post(budget(100), {}, 2);
      const unit = unitOf(credit('m', 10));
      const abroad = { ...unit, key: { ...unit.key, scope: 'till' } };
      const outcomes = [await desk.commit(unit), await desk.commit(abroad), await desk.commit(unit, 2)];
      expect(outcomes.map((o) => o.replayed)).toEqual([false, false, false]);
      expect([await desk.available('m'), await desk.available('m', 2)]).toEqual([20, 10]);
    });

    it('rule 4: what was worked out from a counter that has moved is a conflict, is not remembered, and writes nothing', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(100));
      const asOf = (was: number, add = 4) => ({
        ...unitOf(credit('m', 4)),
        tallies: [{ key: 'day', add, max: 10, was }],
      });
      const both = [asOf(0), asOf(0)];
      const outcomes = await Promise.all(both.map((unit) => desk.commit(unit)));
      expect(outcomes.map(codeOf)).toEqual(['posted', 'version-conflict']);
      const [, late] = both;
      const again = await desk.commit({ ...late!, tallies: [{ key: 'day', add: 4, max: 10, was: 4 }] });
      expect(again).toMatchObject({ status: 'posted', replayed: false });
      expect(codeOf(await desk.commit(asOf(4, 2)))).toBe('version-conflict');
      // Counting nothing, it only says what it rests on.
      expect(codeOf(await desk.commit(asOf(7, 0)))).toBe('version-conflict');
      expect(codeOf(await desk.commit(asOf(8, 0)))).toBe('posted');
      const { tallies, transactions } = await readBook(desk.engine, 1);
      expect(tallies).toMatchObject([{ key: 'day', total: 8 }]);
      expect(transactions.at(-1)?.tallies).toEqual([]);
      expect(await desk.available('m')).toBe(12);
    });

    it('rule 4: what was worked out from a book in which another transaction came is a conflict, in one batch too', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(100));
      const { seq } = await lastBooked(desk.engine, 1);
      const [one, other] = [0, 1].map(() => ({ ...unitOf(credit('m', 4)), readThrough: seq }));
      const outcomes = await Promise.all([one!, other!].map((unit) => desk.commit(unit)));
      expect(outcomes.map(codeOf)).toEqual(['posted', 'version-conflict']);
      const now = await lastBooked(desk.engine, 1);
      expect(now.seq).toBeGreaterThan(seq);
      expect(codeOf(await desk.commit({ ...other!, readThrough: now.seq }))).toBe('posted');
      expect(await desk.available('m')).toBe(8);
    });

    it('rule 4: a refusal that the rules decided is remembered, even once the points would be there', async () => {
      const desk = await deskOn(open);
      await desk.post([budget(100), credit('m', 5)]);
      const unit = unitOf(spend('m', 20));
      const first = await desk.commit(unit);
      expect(codeOf(first)).toBe('insufficient-points');
      await desk.post(credit('m', 50));
      expect(await desk.commit(unit)).toEqual({ ...first, replayed: true });
      expect(await desk.verdict(spend('m', 20))).toBe('posted');
    });

    it('rule 4: a conflict is not remembered, so that the same key may try again', async () => {
      const desk = await deskOn(open);
      await desk.post([], { rows: [newOrder('o')] });
      await desk.post([], {
        rows: [{ update: 'test_orders', id: 'o', version: 1, set: { status: 'paid' } }],
      });
      const unit = unitOf([], {
        rows: [{ update: 'test_orders', id: 'o', version: 1, set: { status: 'closed' } }],
      });
      expect(codeOf(await desk.commit(unit))).toBe('version-conflict');
      const rows = [{ update: 'test_orders', id: 'o', version: 2, set: { status: 'closed' } }];
      expect(await desk.commit({ ...unit, rows })).toMatchObject({ status: 'posted', replayed: false });
    });

    it('rule 4: bad input is not remembered', async () => {
      const desk = await deskOn(open);
      const unit = unitOf(budget(0.5));
      expect(codeOf(await desk.commit(unit))).toBe('amount-out-of-range');
      expect(codeOf(await desk.commit({ ...unit, commands: [budget(5)] }))).toBe('posted');
    });

    it('rule 4: the answer kept under a key is found before anything else is asked', async () => {
      const desk = await deskOn(open);
      const unit = unitOf(budget(100));
      expect(await desk.journal.find(1, unit.key)).toBeUndefined();
      const outcome = await desk.commit(unit);
      const found = await Promise.all(
        [unit.key, { scope: 'desk', key: 'nobody' }, unit.key].map((key) => desk.journal.find(1, key)),
      );
      expect(found[0]).toMatchObject({ requestHash: unit.requestHash, unitId: unit.id, status: 'posted' });
      expect(JSON.parse(found[0]?.answer ?? '')).toEqual(outcome.status === 'posted' && outcome.answer);
      expect(found.slice(1)).toEqual([undefined, found[0]]);
    });

    it('rule 4: keys that look like quotes, arrays and null keep apart', async () => {
      const desk = await deskOn(open);
      const keys = ['null', 'NULL', '"', '\\', '{a,b}', "'; drop table keys; --", '钥匙 ✂', 'a,b', '\t'];
      const units = keys.map((key) => unitOf(budget(1), { key: { scope: 'desk', key } }));
      const first = await Promise.all(units.map((unit) => desk.commit(unit)));
      expect(tallyOf(first)).toEqual({ posted: keys.length });
      const again = await Promise.all(units.map((unit) => desk.commit(unit)));
      expect(again).toEqual(first.map((outcome) => ({ ...outcome, replayed: true })));
      expect(await desk.faults()).toEqual([]);
    });
  });

  describe('rule 8: texts', () => {
    it('rule 8: a text with U+0000 or half a character is refused alike and reaches no table', async () => {
      const desk = await deskOn(open);
      const verdicts = await Promise.all([
        desk.verdict(budget(1), { actor: 'a\0b' }),
        desk.verdict(budget(1), { source: '\ud800' }),
        desk.verdict([], { rows: [newOrder('o', { status: 'a\0b' })] }),
        desk.verdict(budget(1), { key: { scope: 'desk', key: 'k\0' } }),
        desk.verdict(budget(1)),
      ]);
      expect(verdicts).toEqual(['bad-text', 'bad-text', 'bad-text', 'bad-text', 'posted']);
      expect(await desk.faults()).toEqual([]);
      expect((await readBook(desk.engine, 1)).keys).toHaveLength(1);
    });

    it('rule 8: what is stored under a key is ids and codes only', async () => {
      const desk = await deskOn(open);
      await desk.post([budget(100), credit('m', 5)], { number: { prefix: 'DK-', pad: 4 } });
      await desk.verdict(spend('m', 20));
      const { keys } = await readBook(desk.engine, 1);
      const answers = keys.map(({ answer }) => Object.keys(JSON.parse(answer) as object).sort());
      expect(answers).toEqual([
        ['bookedAt', 'number', 'transactions', 'unit'],
        ['code', 'facts'],
      ]);
    });
  });
});
