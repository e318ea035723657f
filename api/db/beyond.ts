import { sql, type Column, type SQL } from 'drizzle-orm';

/** Rows that come after these values in the order of the columns: one comparison of rows, which an index answers. */
export function beyond(
  columns: readonly Column[],
  values: readonly (string | number)[],
  order: 'up' | 'down',
): SQL {
  const listed = (parts: readonly (Column | string | number)[]) =>
    sql.join(
      parts.map((part) => sql`${part}`),
      sql`, `,
    );
  return sql`(${listed(columns)}) ${sql.raw(order === 'up' ? '>' : '<')} (${listed(values)})`;
}
