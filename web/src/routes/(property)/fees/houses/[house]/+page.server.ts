import { readHouseStatement } from '$lib/fees/house-statement.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => ({
  statement: await readHouseStatement(fetch, url, params.house),
});
