import { expect, it } from 'vitest';
import { planLine, type Change } from './plan-line.ts';

const change = (role: string, amount: number, unit = 'VOL'): Change => ({
  role,
  unit,
  amount: String(amount),
});

it('a rated service shows what arrived, not that it stopped waiting', () => {
  const { main, more } = planLine([change('pending', -24), change('available', 24)]);
  expect(main).toEqual(change('available', 24));
  expect(more).toEqual([]);
});

it('an award that waits shows what waits', () => {
  expect(planLine([change('pending', 24)]).main).toEqual(change('pending', 24));
});

it('an offset of both kinds shows the larger first and the other beside it', () => {
  const { main, more } = planLine([change('available', -36), change('available', -3189, 'CON')]);
  expect(main?.unit).toBe('CON');
  expect(more).toEqual([change('available', -36)]);
});

it('a clawback beyond what is left says what is still to make up', () => {
  const { main, debt } = planLine([change('available', -20), change('debt', -30)]);
  expect(main).toEqual(change('available', -20));
  expect(debt).toEqual([change('debt', -30)]);
});

it('points used from those set aside show what was set aside', () => {
  expect(planLine([change('held', -20)]).main).toEqual(change('held', -20));
});
