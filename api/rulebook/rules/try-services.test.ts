import { expect, it } from 'vitest';
import { finish } from '../../platform/files/index.ts';
import { demoServiceRule, publicHolidays } from '../../programme/rules/index.ts';
import { tryServices, type TriedService } from './try-services.ts';

const startsAt = Date.parse('2026-06-15T09:00+08:00');
const services = Array.from({ length: 1_000 }, (_, index): TriedService => {
  const of = { member: `member ${index}`, type: '人居环境', trust: 'scan' as const, isWaiting: false };
  return { id: String(index), ...of, startsAt, endsAt: startsAt + 7_200_000, servedMinutes: 120 };
});
const tried = () => tryServices(services, () => demoServiceRule, publicHolidays);

it('a trial of many services is cut into steps, so that a till has its turn between them', () => {
  const steps = tried();
  let count = 0;
  while (steps.next().done !== true) count += 1;
  expect(count).toBe(5);
});

it('gives the same however it is cut', () => {
  expect(new Set(finish(tried()).values())).toEqual(new Set([20]));
});
