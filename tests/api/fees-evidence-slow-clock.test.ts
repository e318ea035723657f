/** Two processes hang files up, the first of them with a fast clock: each file keeps the day that its own process gave it. */
import { asc } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { attachmentOn } from '../support/attachments.ts';
import { eachEngine } from '../support/database.ts';
import { DAY_MS, openJune, postedRow, read, takePosted } from '../support/june-month.ts';

const SEVEN_MINUTES = 7 * 60_000;

eachEngine((_name, open) => {
  it('dates a file by nobody else’s clock, also where files of a release before are taken up', async () => {
    const world = await openJune(open, { rooms: ['0501'], points: { con: 2_000 } });
    const { app, estate, accountant: by } = world;
    app.clock.now += DAY_MS * 6;
    await takePosted(world, '一.csv', [postedRow(1, '10.01')]);
    const { items } = await read<{ items: { id: string }[] }>(
      world,
      `/estates/${estate.id}/breaks?state=open`,
    );
    const send = async (text: string) => {
      const path = `/api/v1/breaks/${items[0]!.id}/attachments?fileName=a.pdf`;
      const body = Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
      const headers = { 'content-type': 'application/octet-stream' };
      return (await app.request(path, { by, key: uuid(), method: 'POST', body, headers })).status;
    };
    const noon = app.clock.now;
    await attachmentOn(app, { place: estate.id, thingId: uuid() });
    app.clock.now = noon + SEVEN_MINUTES;
    expect(await send('fast')).toBe(200);
    app.clock.now = noon + 1;
    expect(await send('right')).toBe(200);
    const { attachments: t } = app.engine.tables;
    const rows = await app.engine.db.select({ at: t.createdAt }).from(t).orderBy(asc(t.createdAt));
    expect(rows.map(({ at }) => at - noon)).toEqual([0, 1, SEVEN_MINUTES]);
    expect((await verify(app.engine, productChecks)).findings).toEqual([]);
  });
});
