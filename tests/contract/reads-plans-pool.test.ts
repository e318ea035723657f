/** Every query of a household that pays together (一起抵扣) finds its rows by an index, in its order. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { explainOffset } from '../../api/fees/index.ts';
import { partsOfOffset } from '../../api/fees/offset-parts.ts';
import { listOffsets } from '../../api/fees/offsets.ts';
import { offsetPartsAsClaimed, partsBehind } from '../../api/fees/part-claims.ts';
import { consentsOfHouse } from '../../api/fees/pool-consents.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
});

const reads: Record<string, () => Promise<unknown>> = {
  'who of a house agreed': () => consentsOfHouse(watched, { house: uuid(), day: '2026-06-20' }),
  'what each gave to an offset': () => partsOfOffset(watched, uuid()),
  'the offsets of somebody, made or paid along': () =>
    listOffsets(watched, { member: uuid(), before: uuid(), limit: 20 }),
  'why points went': () => explainOffset(watched, [1, 2]),
  'the parts of a piece of the book': () =>
    offsetPartsAsClaimed.between(watched, { from: 1, to: 9, limit: 500 }),
  'the parts behind offsets': () => partsBehind(watched, [uuid(), uuid()]),
};

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads);
});
