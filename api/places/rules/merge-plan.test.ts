import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planResidencies, planRoles, type Post, type Stay } from './merge-plan.ts';

const day = (nth: number) => new Date(Date.UTC(2026, 0, 1 + nth)).toISOString().slice(0, 10);
const DAYS = 24;

/** Somebody's stays, none of which shares a day with another in the same house; some end on the day they begin. */
function staysOf(prefix: string): fc.Arbitrary<Stay[]> {
  const stay = fc.record({
    house: fc.constantFrom('a', 'b'),
    from: fc.nat(DAYS - 1),
    length: fc.option(fc.nat(9), { nil: null }),
  });
  return fc.array(stay, { maxLength: 6 }).map((rows) => {
    const found: Stay[] = [];
    rows.forEach(({ house, from, length }, nth) => {
      const row = {
        ...{ id: `${prefix}${nth}`, house, since: day(from) },
        until: length === null ? null : day(from + length),
      };
      const shares = Array.from({ length: DAYS * 2 }, (_, n) => day(n)).some(
        (on) => covers(row, on) && found.some((other) => other.house === house && covers(other, on)),
      );
      if (!shares) found.push(row);
    });
    return found;
  });
}

const covers = ({ since, until }: Pick<Stay, 'since' | 'until'>, on: string) =>
  since <= on && (until === null || until > on);

function after(keeper: Stay[], duplicate: Stay[]): Stay[] {
  const plan = planResidencies(keeper, duplicate);
  const houseOf = (id: string) => duplicate.find((stay) => stay.id === id)!.house;
  return [
    ...keeper,
    ...plan.moved.map((row) => ({ ...row, house: houseOf(row.id) })),
    ...plan.added.map(({ of, ...row }, nth) => ({ ...row, id: `new${nth}`, house: houseOf(of) })),
  ];
}

describe('the houses of two who are one', () => {
  it('no day in a house is lost, and none is there twice', () => {
    fc.assert(
      fc.property(staysOf('k'), staysOf('d'), (keeper, duplicate) => {
        const all = after(keeper, duplicate);
        for (const house of ['a', 'b'])
          for (let n = 0; n < DAYS * 2; n++) {
            const on = (stays: Stay[]) => stays.filter((s) => s.house === house && covers(s, day(n))).length;
            expect(on(all)).toBe(on(keeper) + on(duplicate) > 0 ? 1 : 0);
          }
      }),
      { numRuns: 400 },
    );
  });

  it('every row of the duplicate moves or collapses, and the keeper’s stay as they are', () => {
    fc.assert(
      fc.property(staysOf('k'), staysOf('d'), (keeper, duplicate) => {
        const { moved, added, collapsed } = planResidencies(keeper, duplicate);
        const ids = [...moved.map(({ id }) => id), ...collapsed].toSorted();
        expect(ids).toEqual(duplicate.map(({ id }) => id).toSorted());
        for (const { of } of added) expect(moved.map(({ id }) => id)).toContain(of);
      }),
    );
  });

  it('what the duplicate had before and after the keeper becomes two rows', () => {
    const keeper = [{ id: 'k', house: 'a', since: '2024-01-01', until: '2025-01-01' }];
    const duplicate = [{ id: 'd', house: 'a', since: '2020-01-01', until: null }];
    expect(planResidencies(keeper, duplicate)).toEqual({
      moved: [{ id: 'd', since: '2020-01-01', until: '2024-01-01' }],
      added: [{ of: 'd', since: '2025-01-01', until: null }],
      collapsed: [],
    });
  });
});

const posts = (prefix: string): fc.Arbitrary<Post[]> =>
  fc
    .array(
      fc.record({
        role: fc.constantFrom('member', 'staff'),
        place: fc.constantFrom('p', 'q'),
        validFrom: fc.nat(20),
        length: fc.option(fc.nat(10), { nil: null }),
      }),
      { maxLength: 6 },
    )
    .map((rows) => {
      const running = new Set<string>();
      return rows.flatMap(({ role, place, validFrom, length }, nth) => {
        const key = `${role}|${place}`;
        if (length === null && running.has(key)) return [];
        if (length === null) running.add(key);
        const validTo = length === null ? null : validFrom + length;
        return [{ id: `${prefix}${nth}`, role, place, validFrom, validTo }];
      });
    });

describe('the posts of two who are one', () => {
  it('whoever held a post at a moment to come still does, and no post runs twice without an end', () => {
    fc.assert(
      fc.property(posts('k'), posts('d'), fc.nat(25), (keeper, duplicate, now) => {
        const plan = planRoles(keeper, duplicate, now);
        const row = (id: string) => duplicate.find((post) => post.id === id)!;
        const all = [
          ...keeper,
          ...plan.moved.map(row),
          ...plan.ended.map(({ id, validTo }) => ({ ...row(id), validTo })),
        ];
        expect(all).toHaveLength(keeper.length + duplicate.length);
        const holds = (rows: Post[], key: string, at: number) =>
          rows.some(
            ({ role, place, validFrom, validTo }) =>
              `${role}|${place}` === key && validFrom <= at && (validTo === null || validTo > at),
          );
        for (const { role, place } of [...keeper, ...duplicate]) {
          const key = `${role}|${place}`;
          for (let at = 0; at < 40; at++)
            expect(holds(all, key, at)).toBe(holds(keeper, key, at) || holds(duplicate, key, at));
          const running = all.filter((post) => `${post.role}|${post.place}` === key && post.validTo === null);
          expect(running.length).toBeLessThan(2);
        }
      }),
      { numRuns: 400 },
    );
  });
});
