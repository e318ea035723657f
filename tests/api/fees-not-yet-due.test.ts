/** Offsets that were handed over after the firm had drawn up its list wait for its next one. */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { eachEngine } from '../support/database.ts';
import { JUNE_20, offsetBill, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, openEstate, POSTED_HEADER, read } from '../support/june-month.ts';

const JUNE_21 = `${POSTED_HEADER}\nDK-2606-0001,3-2-0501,物业服务费,202606,20.00,2026-06-21,已入账,\n`;
const JUNE_27 = `${JUNE_21}DK-2606-0003,3-2-0503,物业服务费,202606,15.00,2026-06-27,已入账,\n`;

type Comparison = { ours: string; theirs: string; difference: string; drawnUpOn?: string };
type Report = {
  import?: string;
  counts: Record<string, number>;
  reconciliation: Comparison & { notYetDue: string; breaks: { kind: string }[] };
};
type List = Comparison & { open: number; notYetDue: { count: number; value: string } };
type Waiting = { items: { number: string; state: string }[]; next?: string };

eachEngine((_name, open) => {
  describe('what was handed over after the list was drawn up', () => {
    let world: FeesWorld;
    let first: string;

    const ask = <Answer>(path: string): Promise<Answer> => read<Answer>(world, path);
    const exported = async (): Promise<void> => {
      const path = `/api/v1/estates/${world.estate.id}/offset-exports`;
      const answer = await world.app.request(path, { method: 'POST', by: world.accountant, key: uuid() });
      expect(answer.status).toBe(201);
    };
    const take = async (text: string, query = ''): Promise<Report> => {
      const path = `http://linli.test/api/v1/estates/${world.estate.id}/posted-lists?fileName=list.csv${query}`;
      const headers = { ...world.accountant.headers, host: 'linli.test', origin: 'http://linli.test' };
      const sent = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body: text };
      const answer = await world.app.server.app.request(path, sent);
      expect(answer.status).toBe(200);
      return (await answer.json()) as Report;
    };

    beforeAll(async () => {
      const rooms = ['0501', '0502', '0503', '0504'];
      world = await openEstate(open, { rooms, points: { con: 4_000 } });
      await offsetBill(world, '0501', '20.00');
      await offsetBill(world, '0502', '10.00');
      await exported();
      world.app.clock.now = JUNE_20 + 4 * DAY_MS;
      await offsetBill(world, '0503', '15.00');
      await offsetBill(world, '0504', '5.00');
      await exported();
    });

    it('is not missing there, and no part of the sums', async () => {
      const { counts, reconciliation } = await take(JUNE_21, '&dryRun=true');
      expect(counts).toMatchObject({ offsets: 4, matched: 1, breaks: 1, notYetDue: 2 });
      expect(reconciliation).toMatchObject({ notYetDue: '20.00', drawnUpOn: '2026-06-21', ours: '30.00' });
      expect(reconciliation.breaks).toMatchObject([{ kind: 'missing-there', difference: '-10.00' }]);
    });

    it('is not made due by a year that was mistyped', async () => {
      const mistyped = `${JUNE_21}DK-2606-0002,3-2-0502,物业服务费,202606,10.00,2062-06-21,已入账,\n`;
      const { counts, reconciliation } = await take(mistyped, '&dryRun=true');
      expect(counts).toMatchObject({ matched: 2, breaks: 0, notYetDue: 2 });
      expect(reconciliation).toMatchObject({ drawnUpOn: '2026-06-21' });
    });

    it('is counted and listed with the list that it came too late for', async () => {
      first = (await take(JUNE_21)).import!;
      const list = await ask<List>(`/posted-lists/${first}`);
      expect(list).toMatchObject({ open: 1, ours: '30.00', theirs: '20.00', difference: '-10.00' });
      expect(list).toMatchObject({ drawnUpOn: '2026-06-21', notYetDue: { count: 2, value: '20.00' } });
      const waiting = await ask<Waiting>(`/posted-lists/${first}/not-yet-due?limit=1`);
      expect(waiting.items.map(({ number }) => number)).toEqual(['DK-2606-0004']);
      const more = await ask<Waiting>(`/posted-lists/${first}/not-yet-due?limit=1&cursor=${waiting.next}`);
      expect(more).toMatchObject({ items: [{ number: 'DK-2606-0003', state: 'exported' }] });
      expect(more).not.toHaveProperty('next');
    });

    it('is due in the next list: posted there, or missing there', async () => {
      world.app.clock.now = JUNE_20 + 8 * DAY_MS;
      const later = await take(JUNE_27);
      expect(later.counts).toMatchObject({ known: 1, matched: 1, notYetDue: 0 });
      expect(later.reconciliation.breaks.map(({ kind }) => kind)).toEqual(['missing-there', 'missing-there']);
      // What the first list says of itself stays as it was.
      expect(await ask(`/posted-lists/${first}`)).toMatchObject({ notYetDue: { count: 2, value: '20.00' } });
      const { items } = await ask<Waiting>(`/posted-lists/${first}/not-yet-due`);
      expect(items).toMatchObject([
        { number: 'DK-2606-0004', state: 'exported' },
        { number: 'DK-2606-0003', state: 'posted' },
      ]);
    });
  });
});
