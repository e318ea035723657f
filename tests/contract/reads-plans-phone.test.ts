/** Every query of signing in by phone finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { findCode, listCodesToRead } from '../../api/identity/sign-in-codes.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
});

const reads: Record<string, () => Promise<unknown>> = {
  'a code': () => findCode(watched, uuid()),
  'codes to read out': () => listCodesToRead(watched, { place: uuid(), now: 1, after: uuid(), limit: 20 }),
};

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads);
});
