import { v7 as uuid } from 'uuid';
import type { TestApp, TestPerson } from './app.ts';
import { counterOf } from './demo-counter.ts';
import { demoTown } from './demo-programme.ts';

/** Services in every state, one voided before it was rated and one after, purchases with points and without, taken back and not, redemptions kept and undone. */
export async function aDayInTown(app: TestApp): Promise<void> {
  const town = await demoTown(app);
  app.clock.now = Date.UTC(2026, 5, 15, 4);
  const [staff, rater] = [
    await app.person({ role: 'staff', place: town.community }),
    await app.person({ role: 'staff', place: town.community }),
  ];
  const record = async (hours: [from: string, to: string], trust = 'scan'): Promise<string> => {
    const member = await app.resident({ role: 'member', place: town.estate });
    const on = (time: string) => `2026-06-13T${time}:00+08:00`;
    const times = { startsAt: on('19:00'), endsAt: on('21:30') };
    const attended = { attendedFrom: on(hours[0]), attendedTo: on(hours[1]), trust };
    const json = { member, type: '人居环境', ...times, ...attended };
    return idIn(
      await app.request(`/api/v1/places/${town.estate}/services`, { json, by: staff, key: uuid() }),
    );
  };
  const whole: [string, string] = ['19:00', '21:30'];
  const rate = (id: string, grade: string, by: TestPerson = rater) =>
    app.request(`/api/v1/services/${id}/rating`, { json: { grade }, by, key: uuid() });
  await record(whole);
  await record(whole, 'typed');
  await rate(await record(whole), 'satisfied');
  await rate(await record(whole), 'very-dissatisfied');
  const mistaken = await record(whole);
  const json = { reason: '登记错人' };
  const rated = await record(whole);
  await rate(rated, 'satisfied');
  for (const id of [mistaken, rated]) {
    await idIn(await app.request(`/api/v1/services/${id}/voiding`, { json, by: rater, key: uuid() }));
  }

  // Counters alone, of which no record of hours knows.
  await town.closeMonth(town.estate, '2026-05');

  const shop = await town.merchant();
  const clerk = await app.person({ role: 'clerk', place: shop.id });
  const counter = counterOf(app, shop.id, clerk);
  const customer = await app.resident();
  await counter.bought(customer, '58.50');
  await counter.bought(customer, '0.50');
  await counter.undo('purchases', (await counter.bought(customer, '30')).id);
  await counter.taken(customer, 10, 'CON');
  await counter.undo('redemptions', (await counter.taken(customer, 7, 'CON')).id);
}

async function idIn(answer: Response): Promise<string> {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}
