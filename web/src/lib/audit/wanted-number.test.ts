import { expect, it } from 'vitest';
import { wantedNumber } from './wanted-number.ts';

it.each(['2608', '№ 2608', '№2608', 'No. 2608', '２６０８', ' 2,608 '])('“%s” is number 2608', (typed) => {
  expect(wantedNumber(typed)).toEqual({ number: '2608' });
});

it('the id of an address is an id, and not a number that no book reaches', () => {
  expect(wantedNumber('1099511630384')).toEqual({ id: '1099511630384' });
});

it.each(['0', '-1', '1e9', '12.5', '2,60', '十二', '99999999999999999'])('“%s” is none', (typed) => {
  expect(wantedNumber(typed)).toBe('wrong');
});

it('an empty field asks for nothing', () => {
  expect(wantedNumber(' ')).toBe('none');
});
