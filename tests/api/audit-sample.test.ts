/** An auditor's sample: the same transactions for the same seed, whoever draws them and whenever. */
import { expect, it } from 'vitest';
import { codeOf, startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown } from '../support/demo-programme.ts';

type Sample = {
  items: { seq: number; kind: string; hash: string }[];
  from: { count: number };
  digest: string;
};

eachEngine((_name, open) => {
  it('is drawn from a month that is over, and stays what it was however the books go on', async () => {
    const app = await startApp(await open());
    const town = await demoTown(app);
    const auditor = await app.person();
    await town.hire(auditor.id, 'auditor', town.street);
    app.clock.now = Date.parse('2026-06-20T12:00+08:00');
    for (let nth = 0; nth < 40; nth++) await town.give(await app.resident(), town.volunteerFund, 1 + nth);
    app.clock.now = Date.parse('2026-07-01T00:00+08:00');
    const ask = (query: object, by = auditor) => {
      const asked = new URLSearchParams({ month: '2026-06', seed: '1', size: '5', ...query }).toString();
      return app.request(`/api/v1/books/${town.book}/sample?${asked}`, { by });
    };
    const draw = async (query: object = {}) => (await (await ask(query)).json()) as Sample;
    const first = await draw();
    expect(first.items).toHaveLength(5);
    for (let nth = 0; nth < 9; nth++) await town.give(await app.resident(), town.volunteerFund, 1);
    expect(await draw()).toEqual(first);
    expect((await draw({ seed: ' 1 ' })).digest).toBe(first.digest);
    expect((await draw({ seed: '2' })).digest).not.toBe(first.digest);
    const whole = await draw({ size: '200' });
    expect(whole.items).toHaveLength(whole.from.count);
    expect(whole.items.map(({ seq }) => seq)).toEqual(
      expect.arrayContaining(first.items.map(({ seq }) => seq)),
    );
    expect(await draw({ month: '2025-01' })).toMatchObject({ items: [], from: { count: 0 } });

    const unfinished = await ask({ month: '2026-07' });
    expect(await unfinished.json()).toMatchObject({ code: 'invalid-input', fields: [{ field: 'month' }] });
    for (const wrong of [{ size: '0' }, { size: '201' }, { seed: ' ' }, { month: '2026-13' }]) {
      expect(await codeOf(await ask(wrong))).toBe('invalid-input');
    }
    const staff = await app.person();
    await town.hire(staff.id, 'staff', town.street);
    expect((await ask({}, staff)).status).toBe(403);

    const file = await app.request(`/api/v1/books/${town.book}/sample-list?month=2026-06&seed=1&size=5`, {
      by: auditor,
    });
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines).toHaveLength(8);
    expect(lines[1]).toContain(first.digest);
    expect(lines.slice(3).map((line) => Number(line.split(',')[0]))).toEqual(
      first.items.map(({ seq }) => seq),
    );
  });
});
