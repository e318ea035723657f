/** Every query of what hangs on things, and of write-offs and what takes them back, finds its rows by an index, in its order. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import {
  addedIn,
  attachmentsById,
  attachmentsOf,
  bytesOfPlace,
  findAttachment,
} from '../../api/attachments/attachments.ts';
import { attachmentsAsClaimed } from '../../api/attachments/index.ts';
import type { Engine } from '../../api/db/index.ts';
import { breakSummary } from '../../api/fees/breaks/break-summary.ts';
import { writeOffsAsClaimed } from '../../api/fees/breaks/write-off-claims.ts';
import { writeOffViews } from '../../api/fees/breaks/write-off.views.ts';
import { takenBackIn, writtenOffIn } from '../../api/fees/breaks/written-off.ts';
import { breaksOfEstate } from '../../api/fees/list-breaks.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
});

const june = { from: 1, to: 9 };

const reads: Record<string, () => Promise<unknown>> = {
  'what hangs on things': () => attachmentsOf(watched, { thing: 'break', ids: [uuid()] }),
  'one that hangs on this thing': () =>
    findAttachment(watched, { id: uuid(), thing: 'break', thingId: uuid() }),
  'how much hangs at a place': () => bytesOfPlace(watched, uuid()),
  'what was added in a month': () => addedIn(watched, { place: uuid(), ...june }),
  'the names of what was added': () => attachmentsById(watched, [uuid(), uuid()]),
  'what a unit did with files': () =>
    attachmentsAsClaimed.behind(watched, { ids: [uuid(), uuid()], made: [] }),
  'what was written off in a month': () => writtenOffIn(watched, { estate: uuid(), ...june, readThrough: 9 }),
  'what a month took back': () => takenBackIn(watched, { estate: uuid(), ...june, readThrough: 9 }),
  'the write-offs of breaks': () => writeOffViews(watched, [uuid()]),
  'the write-offs of a piece of the book': () =>
    writeOffsAsClaimed.between(watched, { from: 1, to: 9, limit: 500 }),
  'write-offs that somebody wants taken back': () =>
    breaksOfEstate(watched, { estate: uuid(), state: 'resolved', only: 'asked', limit: 20 }),
  'how many of them there are': () =>
    breakSummary(watched, { estate: uuid(), person: uuid(), week: 1, month: 1 }),
};

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads);
});
