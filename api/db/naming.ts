import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

/** `bookedAt` → `booked_at`: the one rule by which properties name columns. */
export function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What a Drizzle column builder keeps of its name before it has a table. */
type Named = { config: { name: string; keyAsName: boolean } };

/**
 * Gives each column the snake_case name of its property, as if it had been written there. Drizzle's own `casing` option
 * acts only when a query is printed: `column.name`, which the stores use, would be the property.
 */
export function nameColumns(columns: Record<string, object>): void {
  for (const [property, builder] of Object.entries(columns)) {
    const { config } = builder as Named;
    config.name = snakeCase(property);
    config.keyAsName = false;
  }
}

/** A JSON text as SQL writes it; drizzle-kit forgets its quotes on one engine and an apostrophe within it on the other. */
export function jsonLiteral(value: unknown): SQL {
  return sql.raw(`'${JSON.stringify(value).replaceAll("'", "''")}'`);
}
