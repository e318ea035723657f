import { z } from '@hono/zod-openapi';
import { say } from './problem-fields.ts';
import { problem } from './problems.ts';
import type { Problem } from './problems.ts';

/**
 * Keyset paging: a page says where it ended (the last row's sort values and id), and the next one starts after it, by
 * index. Nothing is skipped or shown twice when rows come in between, and page 1,000 costs what page 1 costs.
 */
export const PAGE_LIMIT = 100;
export const PAGE_DEFAULT = 20;

/** The query of a list: `limit`, `cursor`, and one of at most three named sorts, the first being the default. */
export function pageQuery<const S extends readonly [string, ...string[]]>(sorts: S) {
  if (sorts.length > 3) throw new Error('A list has at most three sorts, each with its index.');
  return z.object({
    limit: z
      .string()
      .regex(/^(?:[1-9]\d?|100)$/, say('每页 1 到 100 条', 'From 1 to 100 a page'))
      .optional()
      .openapi({ example: '20' }),
    cursor: z.string().max(500).optional().openapi({ description: 'The `next` of the page before.' }),
    sort: z.enum(sorts).optional(),
  });
}

/** A page on the wire. `next` is missing on the last one. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

export type SortValue = string | number;

/** Where the page before ended: the sort's value and the row's id, which makes equal values distinct. */
export interface After<V extends SortValue = SortValue> {
  readonly value: V;
  readonly id: string | number;
}

export interface Page<S extends string> {
  readonly limit: number;
  readonly sort: S;
  readonly after: After | undefined;
}

/**
 * Reads a list's query. A cursor of another sort, or one that nobody gave out, is invalid input: where ids are numbers,
 * so is one with a text, which PostgreSQL would answer with an error of its own.
 */
export function parsePage<S extends string>(
  query: { limit?: string | undefined; cursor?: string | undefined; sort?: S | undefined },
  defaultSort: S,
  idType: 'string' | 'number' = 'string',
  /** Sorts by a number: a text in their cursor is as wrong as one that stands for a number's id. */
  numeric: readonly S[] = [],
): Page<S> | Problem {
  const sort = query.sort ?? defaultSort;
  const limit = query.limit === undefined ? PAGE_DEFAULT : Number(query.limit);
  if (query.cursor === undefined) return { limit, sort, after: undefined };
  const read = readCursor(query.cursor);
  const isWrong = read && numeric.includes(sort) && typeof read.after.value !== 'number';
  if (read?.sort !== sort || typeof read.after.id !== idType || isWrong) {
    const fields = [{ field: 'cursor', zh: '请从第一页重新打开', en: 'Start again from the first page' }];
    return problem('invalid-input', { fields });
  }
  return { limit, sort, after: read.after };
}

/**
 * Cuts a page out of rows fetched with `limit + 1` (the one more says whether there is a next page).
 * `keyOf` gives a row's sort value and id.
 */
export function cutPage<R>(
  page: Page<string>,
  rows: readonly R[],
  keyOf: (row: R) => After,
): { items: R[]; next?: string } {
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  if (rows.length <= page.limit || last === undefined) return { items };
  return { items, next: cursorAfter(page, keyOf(last)) };
}

/** Where the next page of a list begins, for one that ends a page before it is full. */
export function cursorAfter(page: Page<string>, { value, id }: After): string {
  return Buffer.from(JSON.stringify([page.sort, value, id])).toString('base64url');
}

function readCursor(cursor: string): { sort: string; after: After } | undefined {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(read) || read.length !== 3) return undefined;
  const [sort, value, id] = read as unknown[];
  return typeof sort === 'string' && isSortValue(value) && isSortValue(id)
    ? { sort, after: { value, id } }
    : undefined;
}

function isSortValue(value: unknown): value is SortValue {
  return (typeof value === 'string' && isStorable(value)) || Number.isSafeInteger(value);
}

/** PostgreSQL takes no U+0000 and no lone surrogate in a text, and would answer with an error of its own. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
