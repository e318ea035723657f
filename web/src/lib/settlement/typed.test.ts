import { expect, it } from 'vitest';
import { typedIn } from './typed.ts';

const form = (said: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(said)) data.set(name, value);
  return typedIn(data);
};

it('rows that say nothing are left out, and numbers are read as people type them', () => {
  expect(
    form({ 'party-1': '和美物业', 'party-2': '结算中心', 'closing-2': '¥1,234.50', 'points-2': '３６' }),
  ).toEqual([{ party: '结算中心', closing: '1234.50', points: '36' }]);
});

it('a row without its party or its sum, a number that is none, and nothing at all are told', () => {
  for (const said of [
    {},
    { 'closing-1': '3' },
    { 'party-1': '和美物业', 'paid-1': '3' },
    { 'party-1': '和美物业', 'closing-1': '3.001' },
  ])
    expect(typeof form(said as Record<string, string>)).toBe('string');
});
