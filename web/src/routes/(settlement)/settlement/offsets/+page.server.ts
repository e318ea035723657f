import { api } from '$lib/api.ts';
import { monthLater } from '$lib/disclosure/months.ts';
import { m } from '$lib/paraglide/messages.js';
import { payersOf } from '$lib/programme/payers.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { monthIn, presentMonth } from '$lib/settlement/months.ts';
import { rolesOf } from '$lib/settlement/tabs.ts';
import type { PageServerLoad } from './$types';

const SHOWN = ['community', 'estate', 'firm'];
const most = 36;

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { me } = await parent();
  const found = await payersOf(fetch, rolesOf('offsets'));
  const places = [
    { id: '', name: m.settle_all_estates() },
    ...found.filter(({ kind }) => SHOWN.includes(kind)).map(({ id, name }) => ({ id, name })),
  ];
  const place = places.find(({ id }) => id === url.searchParams.get('place')) ?? {
    id: '',
    name: m.settle_all_estates(),
  };
  const to = monthIn(url, presentMonth(), 'to');
  const asked = monthIn(url, monthLater(to, -11), 'from');
  const isWrong = asked > to || asked <= monthLater(to, -most);
  const range = { from: isWrong ? monthLater(to, -11) : asked, to };
  const { v1 } = api(fetch);
  const report =
    place.id === ''
      ? await readOrFail(v1['offset-report'].$get({ query: range }))
      : await readOrFail(
          v1.places[':place']['offset-report'].$get({ param: { place: place.id }, query: range }),
        );
  return { me, places, place, range, isWrong, last: presentMonth(), report };
};
