import { expect, it } from 'vitest';
import { SeenTexts } from './seen-texts.ts';

it('knows every text again, and takes hardly one of a hundred thousand others for one that it has seen', () => {
  const seen = new SeenTexts();
  const idOf = (nth: number): string =>
    `0190a5d0-${nth.toString(16).padStart(8, '0')}-774b-bcce-b302099a9010`;
  let taken = 0;
  for (let nth = 0; nth < 200_000; nth++) if (seen.add(idOf(nth))) taken++;
  expect(taken).toBeLessThan(100);
  for (let nth = 0; nth < 200_000; nth += 7) expect(seen.add(idOf(nth))).toBe(true);
  let mistaken = 0;
  for (let nth = 200_000; nth < 300_000; nth++) if (seen.has(idOf(nth))) mistaken++;
  expect(mistaken).toBeLessThan(100);
});
