import { expect, it } from 'vitest';
import { inPersonOf, vouchedFor } from './in-person.ts';

function sent(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

it('a resident is vouched for who is there, agrees, and was made sure of', () => {
  const said = inPersonOf(sent({ present: 'yes', identified: 'id-card' }));
  expect(said.faults).toEqual({});
  expect(vouchedFor(said)).toEqual({ present: true, identified: 'id-card' });
});

it('what is missing is said beside its field, and what was chosen stays', () => {
  const absent = inPersonOf(sent({ identified: 'known' }));
  expect(Object.keys(absent.faults)).toEqual(['present']);
  expect(absent.identified).toBe('known');
  expect(vouchedFor(absent)).toBeUndefined();
  const unknown = inPersonOf(sent({ present: 'yes', identified: 'by-heart' }));
  expect(Object.keys(unknown.faults)).toEqual(['identified']);
  expect(vouchedFor(unknown)).toBeUndefined();
});
