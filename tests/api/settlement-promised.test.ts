/** Points that end while an offset keeps them: the fund answers for them until the firm has posted it, or its time is over. */
import { expect, it } from 'vitest';
import { eachEngine } from '../support/database.ts';
import { book, offsetBill, residentOf } from '../support/fees-world.ts';
import { handOver, openEstate, postedRow, takePosted } from '../support/june-month.ts';

type Liability = {
  worth: string;
  funds: { fund: { unit: string }; points: string; worth: string; endings: object[] }[];
  endings: object[];
};
type FundMonth = { points: Record<string, string> };

const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');
const PROMISED = [{ promised: true, worth: '17.00' }];

eachEngine((_name, open) => {
  it('points that an offset keeps past their end are liable, and have ended only where nobody accepted them', async () => {
    const world = await openEstate(open, { rooms: ['0501', '0502'], points: {} });
    const { app, community, con } = world;
    const staff = await app.person({ role: 'staff', place: community.id });
    const expiresAt = Date.parse('2026-07-01T00:00:00+08:00');
    const { id: fund, unit, rateMicro, budgetReturns } = con;
    for (const room of ['0501', '0502']) {
      const member = await residentOf(world, room);
      const series = { expiresAt, rateMicro, budgetReturns };
      await book(world, { do: 'credit', member, fund, unit, amount: 1_100, series });
    }
    await offsetBill(world, '0501', '10.00');
    await offsetBill(world, '0502', '7.00');
    await handOver(world);
    const read = async <Answer>(path: string): Promise<Answer> => {
      const answer = await app.request(`/api/v1${path}`, { by: staff });
      expect(answer.status, await answer.clone().text()).toBe(200);
      return (await answer.json()) as Answer;
    };
    const liable = async (query = '') => await read<Liability>(`/places/${community.id}/liability${query}`);
    const month = async (of: string) => (await read<FundMonth>(`/funds/${fund}/months/${of}`)).points;

    app.clock.now = JULY_2;
    for (const query of ['', '?month=2026-06']) {
      const { worth, endings, funds } = await liable(query);
      expect([worth, endings]).toEqual(['17.00', PROMISED]);
      const ours = funds.find((one) => one.fund.unit === 'CON');
      expect(ours).toMatchObject({
        points: '1700',
        worth: '17.00',
        endings: [{ promised: true, points: '1700' }],
      });
    }
    expect(await month('2026-06')).toMatchObject({
      given: '2200',
      ended: '500',
      closing: '1700',
      worth: '17.00',
    });

    await takePosted(world, 'july.csv', [postedRow(1, '10.00', '2026-07-02')]);
    expect(await liable()).toMatchObject({ worth: '7.00', endings: [{ promised: true, worth: '7.00' }] });
    expect(await month('2026-07')).toMatchObject({
      ...{ opening: '1700', offsets: '1000', ended: '0', closing: '700', worth: '7.00' },
    });
    // What was booked since changes nothing of the month before.
    expect(await month('2026-06')).toMatchObject({ ended: '500', closing: '1700' });
    expect((await liable('?month=2026-06')).endings).toEqual(PROMISED);

    // The firm never posts the other: its time is over with August, whether or not the run has passed.
    app.clock.now = Date.parse('2026-09-01T00:30:00+08:00');
    expect(await month('2026-08')).toMatchObject({
      opening: '700',
      ended: '700',
      closing: '0',
      worth: '0.00',
    });
    expect(await liable()).toMatchObject({ worth: '0.00', endings: [] });
    expect((await liable('?month=2026-07')).worth).toBe('7.00');
  });
});
