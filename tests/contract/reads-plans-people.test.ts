/** Every query of the pages of posts, people and the access log finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { findWaitingClosing } from '../../api/fees/ask-to-close.ts';
import { peopleInPost } from '../../api/identity/find-roles.ts';
import { listAccessLog } from '../../api/identity/list-access-log.ts';
import { listRoles, rolesOfPerson } from '../../api/identity/list-roles.ts';
import { createPlaces } from '../../api/places/index.ts';
import { findResidency, knownPerson } from '../../api/places/known-person.ts';
import { findPlaceRow } from '../../api/places/rename-place.ts';
import { startApp } from '../support/app.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;
let person: string;
const place = uuid();
const now = Date.UTC(2026, 5, 15);

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  const app = await startApp(watch.engine);
  person = await app.resident({ role: 'member', place });
});

describe('what a page of people reads', () => {
  const everybody = { place, limit: 21, after: undefined, now };
  const log = { place, limit: 21 };
  const operator = {
    kind: 'person' as const,
    person: uuid(),
    roles: [{ role: 'operator' as const, place: '' }],
  };
  eachReadByAnIndex(() => watch, {
    roles: () => listRoles(watched, everybody),
    'roles, the newest first': () => listRoles(watched, { ...everybody, newestFirst: true }),
    'roles after a page': () => listRoles(watched, { ...everybody, after: { value: '', id: uuid() } }),
    'roles that run, by name': () => listRoles(watched, { ...everybody, state: 'running', name: '王' }),
    'roles of a kind that are over': () =>
      listRoles(watched, { ...everybody, state: 'ended', role: 'clerk', newestFirst: true }),
    'roles of a person': () => rolesOfPerson(watched, person),
    'a person with houses': () =>
      knownPerson({ engine: watched, places: createPlaces(watched) }, operator, {
        ...{ person, who: ['operator'] },
      }),
    'a residency': () => findResidency(watched, uuid()),
    'a place': () => findPlaceRow(watched, place),
    'whether there is a finance lead': () =>
      peopleInPost(watched, { role: 'finance_lead', places: [place, ''], now }),
    'what waits to be closed': () => findWaitingClosing(watched, place),
    'the access log': () => listAccessLog(watched, log),
    'the access log after a page': () => listAccessLog(watched, { ...log, before: uuid() }),
    'the access log of one action': () => listAccessLog(watched, { ...log, action: 'unmask' }),
    'the access log about a person': () => listAccessLog(watched, { ...log, subject: person }),
    'the access log of those with a phone': () => listAccessLog(watched, { ...log, people: [person] }),
    'the access log of a colleague': () => listAccessLog(watched, { ...log, actor: person }),
  });
});
