/** What a break says is read on pages that write months out; a house that reads like one is none. */
import { expect, it } from 'vitest';
import { explainMissingHere, explainMissingThere, explainPair } from './explain.ts';
import type { OurOffset, PostedRow } from './reconciliation.ts';

const offset = {
  ...{ number: 'DK-2606-0001', house: '2012-10', period: '2026-06', valueFen: 1_000 },
  bill: { issue: 1, amountFen: 11_832 },
} as OurOffset;
const row = { rowNumber: 2, offsetNumber: '', house: '2013-11', amountFen: 1_000 } as PostedRow;

it('a house like 2012-10 stands in quotation marks in every sentence that names it', () => {
  expect(explainPair({ offset, row, by: 'number' }, ['wrong-house'])).toEqual({
    zh: 'DK-2606-0001：房号不一致，我方 “2012-10”，物业 “2013-11”',
    en: 'DK-2606-0001: different house: ours “2012-10”, theirs “2013-11”',
  });
  expect(explainMissingThere(offset, []).zh).toContain('“2012-10” 2026-06 10.00');
  expect(explainMissingHere(row, []).en).toContain('(no number, “2013-11”, 10.00)');
  expect(explainMissingHere({ ...row, house: '3-2-0501' }, []).en).toContain('(no number, 3-2-0501, 10.00)');
});
