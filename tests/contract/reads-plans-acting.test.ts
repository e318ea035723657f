/** Every query of acting for somebody (代办) finds its rows by an index: one of them runs with each request. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { findHelperCode, listHelpers, listPrincipals } from '../../api/acting/find-consents.ts';
import { findConsent, findStanding, hasDied, phoneHolders } from '../../api/identity/index.ts';
import { endsWithDeath } from '../../api/places/register-death.ts';
import { explainShop } from '../../api/shop/index.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
});

const reads: Record<string, () => Promise<unknown>> = {
  'a consent': () => findConsent(watched, uuid()),
  'the consent by which somebody acts': () => findStanding(watched, { principal: uuid(), proxy: uuid() }),
  'whom a resident lets act': () => listHelpers(watched, { principal: uuid(), before: uuid(), limit: 20 }),
  'for whom somebody acts': () =>
    listPrincipals(watched, { proxy: uuid(), day: '2026-06-15', before: uuid(), limit: 20 }),
  'whose code it is': () => findHelperCode(watched, { hash: 'hash', now: 1 }),
  'whether somebody died': () => hasDied(watched, uuid()),
  'the consents that end with a death': () => endsWithDeath(watched, { person: uuid(), by: 'x', now: 1 }),
  'who has a phone': () => phoneHolders(watched, '13912345678'),
  'who showed the code of a redemption': () => explainShop(watched, [1, 2]),
};

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads);
});
