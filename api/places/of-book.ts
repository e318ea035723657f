import { isNull, sql, type Column, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

/**
 * That the place which a column names is one of a book; null: that there is no such place. Asked row by row, so that what
 * else is asked of the rows decides by which index they are found.
 */
export function isOfBook({ tables: { places: p } }: Engine, place: Column, book: number | null): SQL {
  const found = sql`(select ${p.book} from ${p} where ${p.id} = ${place})`;
  return book === null ? isNull(found) : sql`${found} = ${book}`;
}
