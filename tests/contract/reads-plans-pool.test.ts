/** Every query of a household, which pays together (一起抵扣) or has the house since a day, finds its rows by an index, in its order. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { explainOffset } from '../../api/fees/index.ts';
import type { Bill } from '../../api/fees/bills.ts';
import { offsetAgainUntil } from '../../api/fees/offset-again.ts';
import { partsOfOffset } from '../../api/fees/offset-parts.ts';
import { listOffsets } from '../../api/fees/offsets.ts';
import { offsetPartsAsClaimed, partsBehind } from '../../api/fees/part-claims.ts';
import { consentsOfHouse } from '../../api/fees/pool-consents.ts';
import { firmChangesOf, householdSince } from '../../api/places/index.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
});

const reads: Record<string, () => Promise<unknown>> = {
  'who of a house agreed': () => consentsOfHouse(watched, { house: uuid(), day: '2026-06-20' }),
  'since when it has the house': () => householdSince(watched, { house: uuid(), day: '2026-06-20' }),
  'which days another firm took the estate over': () =>
    firmChangesOf(watched, { estate: uuid(), from: '2026-06-01', to: '2026-07-01' }),
  'what came back of an earlier issue': () => {
    const line = { house: uuid(), item: '物业服务费', period: '2026-06' };
    const [bill, before] = [
      { ...line, id: uuid(), issue: 2, state: 'open' },
      { ...line, id: uuid(), issue: 1, state: 'reissued' },
    ] as Bill[];
    return offsetAgainUntil(watched, bill!, [bill!, before!]);
  },
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
