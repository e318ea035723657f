import { describe, expect, it } from 'vitest';
import { cutPage, pageQuery, parsePage } from './paging.ts';
import { isProblem } from './problems.ts';

interface Row {
  readonly id: string;
  readonly at: number;
}

/** What a query by index does: rows after (value, id), in that order. */
function fetch(
  rows: readonly Row[],
  after: { value: unknown; id: unknown } | undefined,
  limit: number,
): Row[] {
  const sorted = [...rows].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const from =
    after === undefined
      ? 0
      : sorted.findIndex(
          (r) => r.at > Number(after.value) || (r.at === after.value && r.id > String(after.id)),
        );
  return from < 0 ? [] : sorted.slice(from, from + limit);
}

describe('paging', () => {
  it('shows each row once, also those with equal sort values, while rows come in between', () => {
    const rows: Row[] = Array.from({ length: 23 }, (_, n) => ({
      id: `r${String(n).padStart(2, '0')}`,
      at: Math.floor(n / 5),
    }));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = parsePage({ limit: '4', cursor }, 'at');
      if (isProblem(page)) throw new Error(page.code);
      const cut = cutPage(page, fetch(rows, page.after, page.limit + 1), (row) => ({
        value: row.at,
        id: row.id,
      }));
      seen.push(...cut.items.map((row) => row.id));
      rows.push({ id: 'a-late-one', at: 0 });
      cursor = cut.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 23 }, (_, n) => `r${String(n).padStart(2, '0')}`));
  });

  it('the last page, even a full one, has no next', () => {
    const page = parsePage({ limit: '2' }, 'at');
    if (isProblem(page)) throw new Error(page.code);
    const key = (row: Row) => ({ value: row.at, id: row.id });
    expect(
      cutPage(
        page,
        [
          { id: 'a', at: 1 },
          { id: 'b', at: 2 },
        ],
        key,
      ).next,
    ).toBeUndefined();
    expect(cutPage(page, [], key)).toEqual({ items: [] });
  });

  it('refuses a cursor of another sort and one that nobody gave out', () => {
    const sealed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const bad = [
      '',
      '!',
      'abc',
      sealed(['name', 1, 'a']),
      sealed(['at', { $gt: 0 }, 'a']),
      sealed(['at', 1.5, 'a']),
      sealed(['at', '\0', 'a']),
      sealed({}),
    ];
    for (const cursor of bad) expect(isProblem(parsePage({ cursor }, 'at')), cursor).toBe(true);
    expect(isProblem(parsePage({ cursor: sealed(['at', 1, 'a']) }, 'at'))).toBe(false);
  });

  it('takes 1 to 100 a page and at most three sorts', () => {
    const query = pageQuery(['newest', 'oldest']);
    for (const limit of ['1', '20', '100']) expect(query.safeParse({ limit }).success).toBe(true);
    for (const limit of ['0', '101', '1e1', '-1', '01', ''])
      expect(query.safeParse({ limit }).success, limit).toBe(false);
    expect(query.safeParse({ sort: 'biggest' }).success).toBe(false);
    expect(() => pageQuery(['a', 'b', 'c', 'd'])).toThrow('at most three');
  });
});
