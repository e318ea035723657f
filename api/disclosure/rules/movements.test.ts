import { describe, expect, it } from 'vitest';
import { changeOf, movementsOf } from './movements.ts';

const of = (owner: string, role: string, amount: number) => ({ owner, role, amount, unit: 'VOL', fund: 'F' });
const nothing = { issued: 0, takenBack: 0, redeemed: 0, refunded: 0, expired: 0 };
const own = { member: 'm', fund: 'F', unit: 'VOL' };

/** The rows are those of the table of steps in the documentation of the ledger. */
describe('what a transaction did to a member’s points', () => {
  it.each([
    ['an award that waits gives nothing yet', [of('F', 'unissued', -24), of('m', 'pending', 24)], []],
    [
      'a release gives',
      [of('m', 'pending', -24), of('F', 'issued', 24), of('F', 'issuer', -24), of('m', 'available', 24)],
      [{ ...own, ...nothing, issued: 24 }],
    ],
    ['a hold moves nothing', [of('m', 'available', -20), of('m', 'held', 20)], []],
    [
      'a capture redeems',
      [of('m', 'held', -20), of('F', 'redeemed', 20)],
      [{ ...own, ...nothing, redeemed: 20 }],
    ],
    [
      'a refund gives back, also what has ended meanwhile',
      [of('F', 'redeemed', -20), of('m', 'expired', 20), of('F', 'issued', -20), of('F', 'unissued', 20)],
      [{ ...own, ...nothing, refunded: 20, expired: 20 }],
    ],
    [
      'an end takes from what can be spent',
      [of('F', 'issued', -4), of('F', 'unissued', 4), of('m', 'available', -4), of('m', 'expired', 4)],
      [{ ...own, ...nothing, expired: 4 }],
    ],
    [
      'a clawback beyond what is left takes back all of it',
      [
        ...[of('F', 'owed', 30), of('m', 'debt', -30), of('F', 'issued', -20), of('F', 'unissued', 20)],
        ...[of('m', 'available', -20), of('F', 'issuer', 20)],
      ],
      [{ ...own, ...nothing, takenBack: 50 }],
    ],
    [
      'a later award that is netted first was issued whole',
      [
        ...[of('m', 'pending', -80), of('F', 'issued', 50), of('F', 'unissued', 30)],
        ...[of('m', 'debt', 30), of('F', 'owed', -30), of('F', 'issuer', -50), of('m', 'available', 50)],
      ],
      [{ ...own, ...nothing, issued: 80 }],
    ],
    [
      'a clawback of what has ended takes back no more than was there',
      [of('m', 'expired', -5), of('F', 'issuer', 5)],
      [{ ...own, ...nothing, takenBack: 5, expired: -5 }],
    ],
  ])('%s', (_, entries, expected) => {
    expect(movementsOf(entries)).toEqual(expected);
    const had = entries.filter(({ role }) => ['available', 'held', 'debt'].includes(role));
    const change = movementsOf(entries).reduce((sum, flow) => sum + changeOf(flow), 0);
    expect(change).toBe(had.reduce((sum, { amount }) => sum + amount, 0));
  });

  it('keeps two funds and two members apart', () => {
    const entries = [
      { ...of('m', 'available', -3), fund: 'G', unit: 'CON' },
      { ...of('G', 'redeemed', 3), fund: 'G', unit: 'CON' },
      ...[of('m', 'available', -5), of('n', 'available', 5)],
    ];
    expect(movementsOf(entries)).toEqual([
      { ...nothing, member: 'm', fund: 'G', unit: 'CON', redeemed: 3 },
      { ...nothing, member: 'm', fund: 'F', unit: 'VOL', takenBack: 5 },
      { ...nothing, member: 'n', fund: 'F', unit: 'VOL', issued: 5 },
    ]);
  });
});
