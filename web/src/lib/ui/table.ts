/** A column of a DataTable. `figures` aligns right, with tabular numerals. */
export type Column = { key: string; title: string; figures?: boolean };

/** A list offers at most three named orders, each with its index in the database. */
export type SortOption = { value: string; label: string };

/** What a page was told about the press before; a link to elsewhere on the page leaves it behind. */
export const told = { done: null, made: null, published: null, added: null } as const;

/** The same address with other parameters; `null` takes one away. A new order starts again from the first rows. */
export function withQuery(url: URL, changes: Record<string, string | null>): string {
  const text = queryOf(url, changes).toString();
  return text === '' ? url.pathname : `${url.pathname}?${text}`;
}

/** The address of a named action of this page: what the page shows stays as it is, with and without scripts. */
export function withAction(url: URL, action: string, changes: Record<string, string | null> = {}): string {
  const text = queryOf(url, { ...told, ...changes }).toString();
  return text === '' ? `?/${action}` : `?/${action}&${text}`;
}

/** Without the name of an action, which stands in the address after a form was sent without scripts. */
function queryOf(url: URL, changes: Record<string, string | null>): URLSearchParams {
  const query = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/')));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query;
}
