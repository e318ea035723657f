/** A column of a DataTable. `figures` aligns right, with tabular numerals. */
export type Column = { key: string; title: string; figures?: boolean };

/** A list offers at most three named orders, each with its index in the database. */
export type SortOption = { value: string; label: string };

/** The same address with other parameters; `null` takes one away. A new order starts again from the first rows. */
export function withQuery(url: URL, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? url.pathname : `${url.pathname}?${text}`;
}
