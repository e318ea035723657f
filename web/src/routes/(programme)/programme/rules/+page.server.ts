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
  const mayPublish = place?.acts ?? false;
  const base = { places, place, kind, mayPublish };
  if (place === null) return { ...base, rule: null, published: null, versions: [], next: null };
  const { v1 } = api(fetch);
  const param = { place: place.id };
  const cursor = url.searchParams.get('cursor');
  const query = { kind, ...(cursor === null ? {} : { cursor }) };
  const [{ items }, page] = await Promise.all([
    readOrFail(v1.places[':place'].rules.$get({ param })),
    readOrFail(v1.places[':place']['rule-versions'].$get({ param, query })),
  ]);
  const rule = items.find((item) => item.kind === kind) ?? null;
  // The day that stands in the address is said only of a version that there is.
  const told = url.searchParams.get('published');
  const published = page.items.find(({ from }) => from === told)?.from ?? null;
  return { ...base, rule, published, versions: page.items, next: page.next ?? null };
};
