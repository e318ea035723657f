/** Lists of a desk as files: all that the filter finds, as it is shown, and written down whoever takes it away. */
import { beforeAll, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { XLSX_TYPE } from '../../api/platform/index.ts';
import type { TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, type FeesWorld } from '../support/fees-world.ts';
import { expectSameCells, secondReading } from '../support/second-reader.ts';
import { openJune, postedRow, takePosted } from '../support/june-month.ts';
import { fillWithWaiting } from '../support/waiting-things.ts';

eachEngine((_name, open) => {
  let world: FeesWorld;
  let staff: TestPerson;

  beforeAll(async () => {
    const rooms = ['0501', '0502', '0503'];
    world = await openJune(open, { rooms, points: { con: 5_000 } });
    staff = await world.app.person({ role: 'staff', place: world.community.id });
    world.app.clock.now += 2 * 86_400_000;
    await takePosted(world, 'june.csv', [postedRow(1, '10.00'), postedRow(2, '10.01')]);
  });

  const get = (path: string, by = world.accountant) => world.app.request(`/api/v1${path}`, { by });
  const linesOf = async (path: string, by?: TestPerson): Promise<string[]> => {
    const answer = await get(path, by);
    expect([path, answer.status]).toEqual([path, 200]);
    const text = await answer.text();
    return text.replace('\uFEFF', '').trimEnd().split('\r\n');
  };

  /** As a workbook, read by another library, and as CSV. */
  const isTheSame = async (path: string, by?: TestPerson) => {
    const workbook = await get(`${path}&format=xlsx`, by);
    expect([path, workbook.status, workbook.headers.get('content-type')]).toEqual([path, 200, XLSX_TYPE]);
    const csv = (await linesOf(`${path}&format=csv`, by)).map((line) => line.split(','));
    expect(csv.length, path).toBeGreaterThan(1);
    expectSameCells(path, await secondReading(await workbook.arrayBuffer()), csv);
  };

  describe('a table as a file', () => {
    it('of bills has what the filter finds, with yuan and rooms as they are', async () => {
      const at = `/estates/${world.estate.id}/bills/file?format=csv&period=2026-06`;
      const all = await linesOf(at);
      expect(all[0]).toBe('房号,收费项目,计费月份,应缴,已收,积分抵扣,还需,状态');
      expect(all).toHaveLength(4);
      expect(await linesOf(`${at}&house=0502`)).toEqual([
        all[0],
        '3-2-0502,物业服务费,2026-06,118.32,0.00,10.00,108.32,有效',
      ]);
    });

    it('of offsets has one state, with the residents masked', async () => {
      const [, line] = await linesOf(`/estates/${world.estate.id}/offsets/file?format=csv&state=posted`);
      expect(line).toMatch(
        /^DK-2606-0001,3-2-0501,住\*+,物业服务费,2026-06,10\.00,1000 CON,2026-06-\d\d,物业已入账$/,
      );
    });

    it('of breaks has both sides', async () => {
      const lines = await linesOf(`/estates/${world.estate.id}/breaks/file?format=csv`);
      expect(lines.find((line) => line.includes('DK-2606-0002'))).toContain(
        ',10.00,3-2-0502,10.01,0.01,june.csv,待处理,',
      );
    });

    it('is the same to another library, whichever list, paper or batch it is', async () => {
      const { estate, app } = world;
      app.clock.now = Date.parse('2026-07-02T09:00:00+08:00');
      const closed = await closeByTwo(world, { month: '2026-06' });
      expect(closed.status, await closed.clone().text()).toBe(201);
      const { id: closure } = (await closed.json()) as { id: string };
      const [batch] = await app.engine.db.select().from(app.engine.tables.exportBatches);
      const lists = [
        `/estates/${estate.id}/bills/file?period=2026-06&sort=house`,
        `/estates/${estate.id}/offsets/file?state=posted&period=2026-06`,
        `/estates/${estate.id}/breaks/file?sort=most`,
        `/closures/${closure}/voucher/file?`,
        `/offset-exports/${batch!.id}/file?`,
      ];
      for (const path of lists) await isTheSame(path);
      const of = await get(`/offset-exports/${batch!.id}/file?format=xlsx`);
      const [, first] = await secondReading(await of.arrayBuffer());
      expect(first).toEqual([
        ...['DK-2606-0001', '3-2-0501', '物业服务费', '2026-06', 118.32, 10],
        new Date('2026-06-20'),
      ]);
    });

    it('of services has every page, and not what a page shows', async () => {
      const of = { estate: world.estate.id, community: world.community.id, fund: world.vol.id };
      await fillWithWaiting(world.app.engine, { ...of, now: world.app.clock.now }, 130);
      const path = `/places/${world.estate.id}/services/file?format=csv`;
      expect(await linesOf(path, staff)).toHaveLength(131);
      await isTheSame(`/places/${world.estate.id}/services/file?`, staff);
      expect(await linesOf(`${path}&state=voided`, staff)).toHaveLength(1);
    });

    it('is a workbook where nothing is said, and stands in the access log', async () => {
      const answer = await get(`/estates/${world.estate.id}/bills/file`);
      expect(answer.headers.get('content-type')).toBe(XLSX_TYPE);
      const { accessLog: t } = world.app.engine.tables;
      const rows = await world.app.engine.db
        .select()
        .from(t)
        .where(eq(t.subject, `bills:${world.estate.id}`));
      expect(rows.length).toBeGreaterThan(2);
      expect(rows.at(-1)).toMatchObject({ action: 'export', actor: `person:${world.accountant.id}` });
    });

    it('is nobody’s who does not work there', async () => {
      const stranger = await world.app.person({ role: 'accountant', place: await world.app.place() });
      for (const table of ['bills', 'offsets', 'breaks'])
        expect((await get(`/estates/${world.estate.id}/${table}/file`, stranger)).status).toBe(404);
      expect((await get(`/places/${world.estate.id}/services/file`)).status).toBe(403);
    });
  });
});
