import { api } from '$lib/api.ts';
import { chosenPayer, payersOf } from '$lib/programme/payers.server.ts';
import { ruleKinds } from '$lib/programme/rule-words.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const places = await payersOf(fetch, ['staff', 'leader', 'operator', 'auditor']);
  const place = chosenPayer(places, url) ?? null;
  const kind = wordOf(url, 'kind', ruleKinds) ?? 'award';
  const published = url.searchParams.get('published');
  const mayPublish = place?.acts ?? false;
  const base = { places, place, kind, published, mayPublish };
  if (place === null) return { ...base, rule: null, versions: [], next: null };
  const { v1 } = api(fetch);
  const param = { place: place.id };
  const cursor = url.searchParams.get('cursor');
  const query = { kind, ...(cursor === null ? {} : { cursor }) };
  const [{ items }, page] = await Promise.all([
    readOrFail(v1.places[':place'].rules.$get({ param })),
    readOrFail(v1.places[':place']['rule-versions'].$get({ param, query })),
  ]);
  const rule = items.find((item) => item.kind === kind) ?? null;
  return { ...base, rule, versions: page.items, next: page.next ?? null };
};
