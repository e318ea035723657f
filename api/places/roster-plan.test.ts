import { describe, expect, it } from 'vitest';
import type { RosterRow } from './files/roster.ts';
import { planRoster, SINCE_EVER, type KnownEstate } from './roster-plan.ts';

const house = { id: 'h1', estate: 'e', building: '3', unit: '2', room: '0501' };
const empty: KnownEstate = { houses: new Map(), residencies: [], people: [] };
const lived = (phone: string | null = '13800000001'): KnownEstate => ({
  houses: new Map([['3/2/0501', house]]),
  people: [{ id: 'p1', name: '王玉兰', phone }],
  residencies: [{ id: 'r1', house: 'h1', person: 'p1', relation: 'owner', since: SINCE_EVER, until: null }],
});
const row = (changes: Partial<RosterRow> = {}): RosterRow => ({
  rowNumber: 2,
  house: { building: '3', unit: '2', room: '0501' },
  name: '王玉兰',
  phone: '13800000001',
  relation: 'owner',
  ...changes,
});

function plan(rows: RosterRow[], known = empty) {
  let made = 0;
  return planRoster(rows, known, { estate: 'e', today: '2026-06-15', ids: () => `new-${++made}` });
}

describe('a roster', () => {
  it('that says what is known changes nothing', () => {
    expect(plan([row()], lived())).toEqual({
      houses: [],
      people: [],
      phones: [],
      residencies: [],
      ended: [],
      unchanged: 1,
      sharing: [],
    });
  });

  it('names the rows that give a phone to one more person, be it a neighbour’s or a row’s before', () => {
    const [first, second] = [row({ name: '李建国', rowNumber: 3 }), row({ name: '王小丫', rowNumber: 4 })];
    expect(plan([row(), first, second]).sharing).toEqual([3, 4]);
    expect(plan([row(), first], lived()).sharing).toEqual([3]);
    const both: KnownEstate = {
      ...lived(),
      people: [...lived().people, { id: 'p2', name: '李建国', phone: '13800000001' }],
    };
    // They have shared it since a colleague said so.
    expect(plan([row(), first], both).sharing).toEqual([]);
    const learns = { ...both, people: [{ id: 'p1', name: '王玉兰', phone: null }, both.people[1]!] };
    expect(plan([row()], learns).sharing).toEqual([2]);
  });

  it('knows a person without a phone by name within one house, and learns the phone', () => {
    expect(plan([row()], lived(null))).toMatchObject({
      people: [],
      phones: [{ person: 'p1', phone: '13800000001' }],
      unchanged: 1,
    });
  });

  it('never joins two people by a name alone', () => {
    const elsewhere = row({ house: { building: '3', unit: '2', room: '0502' } });
    const { phone: _phone, ...unknown } = elsewhere;
    expect(plan([unknown], lived()).people).toHaveLength(1);
    expect(plan([row({ phone: '13900000009' })], lived()).people).toHaveLength(1);
  });

  it('counts a last day: who leaves on the 14th is gone on the 15th', () => {
    expect(plan([row({ to: '2026-06-14' })], lived()).ended).toEqual([
      { id: 'r1', until: '2026-06-15', was: null },
    ]);
  });

  it('with another relation ends the one before, from the given day or today, and keeps it on record', () => {
    const changed = plan([row({ relation: 'family' })], lived());
    expect(changed.ended).toEqual([{ id: 'r1', until: '2026-06-15', was: null }]);
    expect(changed.residencies).toMatchObject([{ relation: 'family', since: '2026-06-15', until: null }]);
    expect(plan([row({ relation: 'family', from: '2026-06-01' })], lived()).ended).toEqual([
      { id: 'r1', until: '2026-06-01', was: null },
    ]);
  });

  it('a link that was over by the first day is another one: whoever comes back comes anew', () => {
    const gone = lived();
    for (const residency of gone.residencies) residency.until = '2026-01-01';
    const back = plan([row({ from: '2026-06-01' })], gone);
    expect([back.unchanged, back.ended, back.people]).toEqual([0, [], []]);
    expect(back.residencies).toMatchObject([{ person: 'p1', since: '2026-06-01', until: null }]);
  });

  it('makes a house and a person once, in however many rows they stand', () => {
    const other = row({ name: '李建国', phone: '13800000002', relation: 'family' });
    const garage = row({ house: { building: '9', unit: '', room: '01' } });
    const changes = plan([row(), other, garage]);
    expect([changes.houses.length, changes.people.length, changes.residencies.length]).toEqual([2, 2, 3]);
  });
});
