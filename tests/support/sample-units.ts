/** Units as tests post them: one fund F with volunteer points that end in 2027 and are worth ¥0.10 each. */
import type { Command, Unit } from '../../api/ledger/index.ts';

export const DAY = 86_400_000;
export const MORNING = Date.parse('2026-06-20T09:00:00+08:00');
export const END_2027 = {
  expiresAt: Date.parse('2028-01-01T00:00:00+08:00'),
  rateMicro: 100_000,
  budgetReturns: true,
};

let units = 0;

export function unitOf(commands: Command | readonly Command[], more: Partial<Unit> = {}): Unit {
  const id = `unit-${++units}`;
  const key = { scope: 'desk', key: id };
  const head = { id, key, requestHash: `hash of ${id}`, place: 'hemeiyuan', actor: 'clerk', source: 'test' };
  return { ...head, commands: [commands].flat(), ...more };
}

export const budget = (amount: number): Command => ({ do: 'budget', fund: 'F', unit: 'VOL', amount });
export const credit = (member: string, amount: number): Command => ({
  do: 'credit',
  member,
  fund: 'F',
  unit: 'VOL',
  amount,
  series: END_2027,
});
export const spend = (member: string, points: number): Command => ({
  do: 'spend',
  member,
  redeemer: 'M',
  take: { points, unit: 'VOL' },
  terms: { '*': { mode: 'owed', factor: 10_000 } },
});
