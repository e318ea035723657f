import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params }) => {
  const { v1 } = api(fetch);
  const param = { transaction: params.transaction };
  const [transaction, why] = await Promise.all([
    readOrFail(v1.ledger.transactions[':transaction'].$get({ param })),
    // The operator may read the ledger but not what residents did; then the page shows the ids alone.
    v1.transactions[':transaction'].why.$get({ param }).then((answer) => (answer.ok ? answer.json() : null)),
  ]);
  return { transaction, why };
};
