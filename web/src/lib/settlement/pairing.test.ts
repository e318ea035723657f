import { describe, expect, it } from 'vitest';
import { askedWhy, chosenIn, isByMonth, startOf, sumsOf } from './pairing.ts';

const A = { id: 'a', name: '和美物业' };
const B = { id: 'b', name: '便民超市' };
const there = { kind: 'missing-here', field: 'accepted', party: A, theirs: '31.89' } as const;
const here = { kind: 'missing-there', field: 'accepted', party: A, ours: '31.89' } as const;

describe('what is chosen to be paired', () => {
  it('is one sum only of one kind', () => {
    expect(sumsOf({ there, here: [here, { ...here, ours: '-2.00' }] })).toEqual({
      ...{ theirs: '31.89', ours: '29.89', difference: '2.00' },
    });
    expect(sumsOf({ there, here: [{ ...here, field: 'closing' }] })).toBeUndefined();
    expect(sumsOf({ there: undefined, here: [] })).toMatchObject({ difference: '0.00' });
  });

  it('is asked about in its own words: amounts were not different where only the redeemer was', () => {
    expect(askedWhy({ there, here: [here] })).toBe('');
    expect(askedWhy({ there, here: [] })).toBe('');
    expect(askedWhy({ there, here: [{ ...here, ours: '30.00' }] })).toBe('金额不同');
    expect(askedWhy({ there, here: [{ ...here, party: B }] })).toBe('收分方不同');
    const odd = { there: { ...there, kind: 'duplicate' as const }, here: [{ ...here, party: B }] };
    expect(askedWhy(odd)).toBe('收分方不同，对方写了两次');
    expect(askedWhy({ there: { ...there, kind: 'wrong-period' }, here: [here] })).toBe('对方写的是别的月份');
  });

  it('is a party’s month on both sides where ours is: theirs was called a document without a number', () => {
    const [theirs, ours] = [
      { ...there, number: '' },
      { ...here, number: '' },
    ];
    expect(isByMonth([theirs, ours])).toBe(true);
    expect(isByMonth([theirs, { ...here, number: 'DC-2606-001' }])).toBe(false);
  });

  it('is kept in the address from page to page, and nothing else is taken for it', () => {
    const id = (nth: number) => `01890a5d-ac96-774b-bcce-${String(nth).padStart(12, '0')}`;
    const many = Array.from({ length: 60 }, (_, nth) => ['ours', id(nth)]);
    const query = new URLSearchParams([['theirs', 'x'], ['theirs', id(9)], ['ours', id(0)], ...many]);
    expect(chosenIn(query)).toEqual({ theirs: id(9), ours: many.slice(0, 50).map(([, one]) => one) });
    const turned = new URLSearchParams('theirsFrom=a&oursFrom=b&theirsFrom=c&oursFrom=');
    expect([startOf(turned, 'theirs'), startOf(turned, 'ours')]).toEqual(['c', null]);
  });
});
