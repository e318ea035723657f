import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { groupDigits, qrOf } from './qr.ts';

it('the drawn path covers exactly the dark modules', () => {
  const text = 'https://linli.example/c/01985e2a7b3c';
  const { size, path } = qrOf(text);
  const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let step = 0; step < Number(length); step++) {
      const row = drawn[Number(y)];
      if (row) row[Number(x) + step] = true;
    }
  }
  expect(drawn).toEqual(encode(text, { ecc: 'M', border: 4 }).data);
});

it('the code keeps its quiet zone of four modules, without which tills do not find it', () => {
  const { path } = qrOf('12345678');
  const columns = [...path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
  expect(Math.min(...columns)).toBe(4);
});

it('digits are read out by fours', () => {
  expect(groupDigits('12345678')).toBe('1234 5678');
  expect(groupDigits('123456')).toBe('1234 56');
});
