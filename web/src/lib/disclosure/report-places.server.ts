import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';

export type ReportPlace = { id: string; name: string };

const reported = ['district', 'street', 'community', 'estate'];
/** What is offered below a place; its estates stand in its own report. */
const below: Record<string, readonly ('street' | 'community')[]> = {
  district: ['street'],
  street: ['community'],
};
/** A district has a hundred communities; their staff choose among their own. */
const most = 60;

/** The places whose report this person may read, those above before those within. */
export async function reportPlacesOf(fetch: typeof globalThis.fetch): Promise<ReportPlace[]> {
  const { v1 } = api(fetch);
  const { items } = await readOrFail(v1.places.$get());
  const readers: readonly string[] = groups.report;
  const open: { id: string; name: string; kind: string }[] = items.filter(({ kind, roles }) => {
    return reported.includes(kind) && roles.some((role) => readers.includes(role));
  });
  const found = new Map<string, ReportPlace>();
  for (let place = open.shift(); place !== undefined && found.size < most; place = open.shift()) {
    const { id, name } = place;
    found.set(id, { id, name });
    for (const kind of below[place.kind] ?? []) {
      const query = { kind, limit: '100' };
      open.push(
        ...(await readOrFail(v1.places[':place'].children.$get({ param: { place: id }, query }))).items,
      );
    }
  }
  return [...found.values()];
}
