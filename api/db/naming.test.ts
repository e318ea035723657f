import { expect, it } from 'vitest';
import { snakeCase } from './naming.ts';

it.each([
  ['id', 'id'],
  ['bookedAt', 'booked_at'],
  ['originalEffectiveAt', 'original_effective_at'],
  ['cny6', 'cny6'],
])('%s names the column %s', (property, column) => expect(snakeCase(property)).toBe(column));
