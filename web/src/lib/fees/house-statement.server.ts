import type { InferResponseType } from 'hono/client';
import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';

type Statement = ReturnType<typeof api>['v1']['houses'][':house']['statement'];
export type HouseStatementView = InferResponseType<Statement['$get'], 200>;

const MONTH = /^20\d{2}-(?:0[1-9]|1[0-2])$/;

/** A house's statement over the months that the address names; this month where it names none that are months. */
export async function readHouseStatement(fetch: typeof globalThis.fetch, url: URL, house: string) {
  const named = (name: string) => {
    const asked = url.searchParams.get(name) ?? '';
    return MONTH.test(asked) ? asked : undefined;
  };
  const [one, other] = [named('from'), named('to')];
  const [from, to] = one !== undefined && other !== undefined && other < one ? [other, one] : [one, other];
  const query = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return readOrFail(api(fetch).v1.houses[':house'].statement.$get({ param: { house }, query }));
}
