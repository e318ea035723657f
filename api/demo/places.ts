/** 金明池街道 · 金康社区 → 和美苑（演示）, the merchants around it, its firm and the clearing party. */
import { post } from '../ledger/index.ts';
import { addPlace, type Place, type PlaceKind, type ProductDeps } from '../places/index.ts';
import type { Actor } from '../platform/index.ts';
import { must } from './must.ts';
import { FIRM_SHOP, SHOPS, type Shop } from './names.ts';

export const BOOK = 1;
export const ESTATE_NAME = '和美苑（演示）';

export type DemoShop = Place & Pick<Shop, 'leastFen' | 'mostFen'>;
export type DemoPlaces = {
  street: Place;
  community: Place;
  estate: Place;
  firm: Place;
  clearing: Place;
  /** The clerk's shop, the other outlet, the rest, the firm's own shop last. */
  shops: readonly [DemoShop, DemoShop, ...DemoShop[]];
};

export async function foundPlaces(
  deps: ProductDeps,
  { operator, shopCount }: { operator: Actor; shopCount: number },
): Promise<DemoPlaces> {
  const add = async (parent: string, kind: PlaceKind, name: string) =>
    must(await addPlace(deps, { book: BOOK, parent, kind, name }));
  const street = await add('', 'street', '金明池街道');
  const ask = { book: BOOK, scope: `place:${street.id}`, key: 'open', request: ['open-book', street.id] };
  const open = { do: 'open' as const, code: 'jinmingchi', name: street.name };
  must(await post(deps, ask, { actor: operator, place: street.id, commands: [open] }));
  const community = await add(street.id, 'community', '金康社区');
  const estate = await add(community.id, 'estate', ESTATE_NAME);
  const firm = await add(community.id, 'firm', '和美物业（演示）');
  const clearing = await add(street.id, 'clearing', '积分结算中心（演示）');
  const addShop = async (parent: string, { name, leastFen, mostFen }: Shop): Promise<DemoShop> => ({
    ...(await add(parent, 'merchant', name)),
    leastFen,
    mostFen,
  });
  const [own, outlet, ...rest] = SHOPS;
  if (!own || !outlet) throw new RangeError('the demo needs two shops');
  const shops: [DemoShop, DemoShop, ...DemoShop[]] = [
    await addShop(community.id, own),
    await addShop(community.id, outlet),
  ];
  for (const shop of rest.slice(0, shopCount - shops.length)) shops.push(await addShop(community.id, shop));
  shops.push(await addShop(firm.id, FIRM_SHOP));
  return { street, community, estate, firm, clearing, shops };
}
