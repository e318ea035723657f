/** `bookedAt` → `booked_at`: the one rule by which properties name columns. */
export function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Gives each unnamed builder the snake_case name of its property. Drizzle would do the same from the bare property;
 * its own `casing` option acts only when a query is printed, so `column.name`, which the stores use, would be wrong.
 */
export function nameColumns(columns: Record<string, object>): void {
  for (const [property, builder] of Object.entries(columns)) {
    (builder as { setName(name: string): void }).setName(snakeCase(property));
  }
}
