/** 和美积分超市, stocked by the community from the first of the month on: twelve goods and services, and residents who order. */
import { isProblem, actorText, keyScope, type PersonActor } from '../platform/index.ts';
import { addAgreement, addDays, findFund, memberPoints, startOfDay, type Month } from '../programme/index.ts';
import {
  addGoods,
  collectOrder,
  placeOrder,
  recordMovement,
  releaseEndedOrders,
  shelfOf,
} from '../shop/index.ts';
import type { Crew, DemoDeps } from './crew.ts';
import { clockTime, type DemoEvent } from './events.ts';
import { must } from './must.ts';
import { BOOK, type DemoPlaces } from './places.ts';

type Shelf = {
  name: string;
  category: string;
  description: string;
  points: number;
  yuan?: number;
  pieces?: number;
  lowAt?: number;
  limit?: { quantity: number; period: 'day' | 'month' | 'quarter' | 'year'; of: 'member' | 'household' };
};

const QUARTERLY = { quantity: 1, period: 'quarter', of: 'household' } as const;
const MONTHLY = { quantity: 2, period: 'month', of: 'member' } as const;

/** Points at what the community pays for them: ten to the yuan. */
const GOODS: readonly Shelf[] = [
  {
    name: '鸡蛋 10 枚',
    category: '粮油',
    description: '当天到货，凭取货码领取',
    points: 60,
    pieces: 24,
    lowAt: 5,
  },
  {
    name: '大米 2.5 千克',
    category: '粮油',
    description: '本地新米',
    points: 120,
    pieces: 20,
    lowAt: 4,
    limit: QUARTERLY,
  },
  {
    name: '食用油 1.8 升',
    category: '粮油',
    description: '非转基因大豆油',
    points: 150,
    yuan: 500,
    pieces: 12,
    lowAt: 3,
    limit: QUARTERLY,
  },
  { name: '挂面 1 千克', category: '粮油', description: '', points: 40, pieces: 30, lowAt: 6 },
  {
    name: '洗衣液 1 瓶',
    category: '日用',
    description: '2 升装',
    points: 100,
    yuan: 300,
    pieces: 10,
    lowAt: 3,
  },
  { name: '抽纸 1 提', category: '日用', description: '6 包', points: 50, pieces: 3, lowAt: 5 },
  { name: '牙膏 1 支', category: '日用', description: '', points: 30, pieces: 40, lowAt: 8 },
  { name: '毛巾 1 条', category: '日用', description: '纯棉', points: 35, pieces: 25, lowAt: 5 },
  {
    name: '垃圾袋 1 卷',
    category: '日用',
    description: '分类用，绿色和灰色',
    points: 10,
    pieces: 60,
    lowAt: 10,
  },
  { name: '作业本 5 本', category: '文具', description: '', points: 20, pieces: 50, lowAt: 10 },
  { name: '理发一次', category: '服务', description: '每周三下午，社区服务站', points: 50, limit: MONTHLY },
  { name: '磨刀一把', category: '服务', description: '每月第一个周六', points: 15, limit: MONTHLY },
];

/** What residents take, by its place on the shelf. */
const BASKETS = [[8, 9], [3], [6, 8], [8]] as const;
const EVERY_DAYS = 2;
const LAST_DAY = 27;

/** Every other day somebody orders; one of three fetches it the next evening, the others wait, or let it end. */
export function planShelves({
  month,
  volunteers,
}: {
  month: Month;
  volunteers: readonly string[];
}): DemoEvent[] {
  const first = `${month}-01`;
  const events: DemoEvent[] = [{ do: 'stock', at: startOfDay(first) }];
  for (let day = 1, nth = 0; day <= LAST_DAY; day += EVERY_DAYS, nth += 1) {
    const [on, after] = [addDays(first, day - 1), addDays(first, day)];
    const member = volunteers[(nth * 5) % Math.max(1, volunteers.length)] ?? '';
    const wanted = BASKETS[nth % BASKETS.length] ?? [];
    const ref = `order-${nth}`;
    // The first two in the first minutes: a demo that is made on the first has something to hand over.
    const isEarly = nth < 2;
    const at = isEarly ? clockTime(startOfDay(first), 0, 10 + nth) : clockTime(startOfDay(on), 10, 20);
    events.push({ do: 'order', at, ref, member, wanted });
    if (isEarly && nth === 1)
      events.push({ do: 'pick-up', at: clockTime(startOfDay(first), 0, 30), of: ref });
    else if (nth % 3 === 1) events.push({ do: 'pick-up', at: clockTime(startOfDay(after), 17, 40), of: ref });
  }
  return events;
}

type ShelfEvent = Extract<DemoEvent, { do: 'stock' | 'order' | 'pick-up' }>;

export class ShelvesReplay {
  readonly #deps: DemoDeps;
  readonly #input: { places: DemoPlaces; crew: Crew };
  readonly #shelf: string[] = [];
  readonly #orders = new Map<string, string>();

  constructor(deps: DemoDeps, input: { places: DemoPlaces; crew: Crew }) {
    this.#deps = deps;
    this.#input = input;
  }

  /** False when it could not come to be: not enough points, nothing that waits. */
  async run(event: ShelfEvent, key: string): Promise<boolean> {
    if (event.do === 'stock') return this.#stock();
    if (event.do === 'order') return this.#order(event, key);
    const order = this.#orders.get(event.of);
    if (order === undefined) return false;
    const input = { order, rest: 'keep' as const, byProxy: false, withoutCode: null };
    must(await collectOrder(this.#deps, { input, ...this.#by('clerk', key) }));
    return true;
  }

  get #place(): string {
    return this.#input.places.shops[0].id;
  }

  #by(who: 'manager' | 'clerk', key: string): { actor: PersonActor; key: string; scope: string } {
    const actor = this.#input.crew.actors[who];
    return { actor, key, scope: keyScope(actor, this.#place) };
  }

  async #stock(): Promise<boolean> {
    const { places, crew } = this.#input;
    const place = this.#place;
    const fund = await findFund(this.#deps, { place: places.community.id, unit: 'VOL' });
    if (!fund) throw new Error('the demo has no fund for volunteer points');
    const said = { madeBy: actorText(crew.actors.staff), basis: '金康社区〔演示〕第 2 号会议纪要：社区备货' };
    const terms = { mode: 'stocked' as const };
    const validFrom = this.#deps.clock();
    must(await addAgreement(this.#deps, { redeemer: place, fund: fund.id, terms, validFrom, ...said }));
    for (const [nth, goods] of GOODS.entries()) this.#shelf.push(await this.#putUp(goods, nth));
    const broken = { kind: 'damaged' as const, quantity: 1, reason: '搬运时压破' };
    const goods = this.#shelf[0] ?? '';
    must(await recordMovement(this.#deps, { goods, input: broken, ...this.#by('clerk', 'shelf-broken') }));
    return true;
  }

  async #putUp({ points, yuan = 0, pieces, lowAt, limit, ...said }: Shelf, nth: number): Promise<string> {
    const kind = pieces === undefined ? ('service' as const) : ('goods' as const);
    const more = { lowAt: lowAt ?? null, limit: limit ?? null, keepDays: 7, state: 'on' as const };
    const input = { ...said, ...more, place: this.#place, kind, unit: 'VOL', points, yuanFen: yuan };
    const { goods } = must(await addGoods(this.#deps, { input, ...this.#by('manager', `shelf-${nth}`) }));
    if (pieces === undefined) return goods;
    const brought = { kind: 'delivery' as const, quantity: pieces, reason: '首批备货' };
    const by = this.#by('clerk', `shelf-delivery-${nth}`);
    must(await recordMovement(this.#deps, { goods, input: brought, ...by }));
    return goods;
  }

  async #order({ ref, member, wanted }: Extract<ShelfEvent, { do: 'order' }>, key: string): Promise<boolean> {
    await releaseEndedOrders(this.#deps);
    const offers = await shelfOf(this.#deps, { goods: this.#shelf });
    const chosen = wanted.flatMap((at) => offers.slice(at, at + 1));
    const cost = chosen.reduce((sum, { points }) => sum + points, 0);
    const units = await memberPoints(this.#deps.engine, { book: BOOK, member, now: this.#deps.clock() });
    if ((units.find(({ unit }) => unit === 'VOL')?.available ?? 0) < cost) return false;
    const lines = chosen.map(({ goods, price }) => ({ goods, price, quantity: 1 }));
    const actor = { kind: 'person' as const, person: member, roles: [] };
    const asked = { input: { place: this.#place, member, lines }, actor, key, scope: `person:${member}` };
    const made = await placeOrder(this.#deps, asked);
    if (isProblem(made)) return false;
    this.#orders.set(ref, made.order);
    return true;
  }
}
