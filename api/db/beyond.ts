import { sql, type Column, type SQL } from 'drizzle-orm';

const SIGNS = { up: '>', down: '<', from: '>=' } as const;

/**
 * Rows that come after these values in the order of the columns, or with `from` at them or after: one comparison of
 * rows, which an index answers. Its opposite with `not` would be a filter, and read the index from its beginning.
 */
export function beyond(
  columns: readonly Column[],
  values: readonly (string | number)[],
  order: keyof typeof SIGNS,
): SQL {
  const listed = (parts: readonly (Column | string | number)[]) =>
    sql.join(
      parts.map((part) => sql`${part}`),
      sql`, `,
    );
  return sql`(${listed(columns)}) ${sql.raw(SIGNS[order])} (${listed(values)})`;
}
