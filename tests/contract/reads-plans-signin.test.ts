/** Every query of signing in with WeChat, and of who stands behind a deed, finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { areTwoPeople } from '../../api/identity/index.ts';
import { bindingsOf, findBinding } from '../../api/identity/wechat/wechat-bindings.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
});

const deed = () => ({ actor: `person:${uuid()}`, at: 1 });
const reads: Record<string, () => Promise<unknown>> = {
  'whose WeChat it is': () => findBinding(watched, { app: 'wx1111111111111111', openidKey: 'key' }),
  'the WeChats of a person': () => bindingsOf(watched, uuid()),
  'who stands behind two deeds': () => areTwoPeople(watched, deed(), deed()),
};

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads);
});
