/** A shop of the demo town with goods on its shelves, its members and its till, all by the API. */
import { v7 as uuid } from 'uuid';
import { addAgreement } from '../../api/programme/index.ts';
import { must, type DemoTown } from './demo-programme.ts';
import { counterOf, type Counter } from './demo-counter.ts';
import { codeOf, type TestApp, type TestPerson, type Visitor } from './whole-app.ts';

export interface TestGoods {
  readonly id: string;
  readonly version: number;
  readonly price: string;
  readonly points: string;
  readonly left: number | null;
  readonly kept: number | null;
  readonly name: string;
}

export interface TestOrder {
  readonly id: string;
  readonly state: string;
  readonly points: string;
  readonly pointsTaken: string;
  readonly lines: readonly { id: string; goods: string; name: string; quantity: number; left: number }[];
  readonly code?: { link: string; digits: string };
  readonly proposal?: { name: string };
  readonly pickUps: readonly { id: string; state: string; points: string; yuan: string }[];
}

/** A test that lets orders end may let years go by. */
const IN_GENERATIONS = Date.parse('2099-01-01T00:00:00+08:00');

type Line = { goods: TestGoods; quantity?: number };

export interface GoodsShop {
  readonly place: string;
  readonly clerk: TestPerson;
  readonly colleague: TestPerson;
  readonly manager: TestPerson;
  readonly counter: Counter;
  /** Somebody with so many volunteer points, who signs in. */
  member(points?: number): Promise<TestPerson>;
  /** Goods with a price and so many pieces. */
  goods(said?: Record<string, unknown>, pieces?: number): Promise<TestGoods>;
  look(goods: Pick<TestGoods, 'id'>): Promise<TestGoods>;
  ordered(by: Visitor, lines: readonly Line[]): Promise<TestOrder>;
  order(by: Visitor, lines: readonly Line[], key?: string): Promise<Response>;
  sell(code: string, lines: readonly Line[], key?: string): Promise<Response>;
  post(path: string, json: object, how?: { by?: Visitor; key?: string }): Promise<Response>;
  get<T>(path: string, by?: Visitor): Promise<T>;
}

export const linesOf = (lines: readonly Line[]) =>
  lines.map(({ goods, quantity = 1 }) => ({ goods: goods.id, price: goods.price, quantity }));

/** What became of each: `done`, or the code of its problem. */
export const codesOf = async (answers: readonly Promise<Response>[]): Promise<unknown[]> =>
  Promise.all((await Promise.all(answers)).map(async (a) => (a.status < 300 ? 'done' : codeOf(a))));
export const times = (codes: readonly unknown[], code: string): number =>
  codes.filter((one) => one === code).length;

const CHANGED = ['name', 'category', 'description', 'lowAt', 'limit', 'keepDays', 'state', 'version'];

/** The body of a change that leaves all as it is. */
export const changeOf = (goods: TestGoods): object =>
  Object.fromEntries(Object.entries(goods).filter(([key]) => CHANGED.includes(key)));

/** Stocked by the community's fund, where `stocked` is said: nobody is owed. */
export async function goodsShop(app: TestApp, town: DemoTown, { stocked = false } = {}): Promise<GoodsShop> {
  const { id: place } = await town.merchant();
  if (stocked) {
    const terms = { mode: 'stocked' as const };
    const fund = town.volunteerFund.id;
    must(await addAgreement(app.server.deps, { redeemer: place, fund, terms, validFrom: 1 }));
  }
  const at = (role: 'clerk' | 'merchant_manager') => app.person({ role, place });
  const [clerk, colleague, manager] = [await at('clerk'), await at('clerk'), await at('merchant_manager')];
  const post: GoodsShop['post'] = (path, json, { by = clerk, key = uuid() } = {}) =>
    app.request(`/api/v1${path}`, { json, by, key });
  const made = async <T>(answer: Response): Promise<T> => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const get: GoodsShop['get'] = async (path, by = clerk) => made(await app.request(`/api/v1${path}`, { by }));
  const order: GoodsShop['order'] = (by, lines, key = uuid()) =>
    post('/me/orders', { place, lines: linesOf(lines) }, { by, key });
  let count = 0;
  return {
    ...{ place, clerk, colleague, manager, post, get, order },
    counter: counterOf(app, place, clerk, town.book),
    async member(points = 500) {
      const person = await app.person({ role: 'member', place: town.estate });
      await town.settle(person.id);
      if (points > 0) await town.give(person.id, town.volunteerFund, points, IN_GENERATIONS);
      return person;
    },
    async goods(said = {}, pieces = 10) {
      const body = {
        ...{
          name: `商品 ${++count}`,
          category: '日用',
          description: '',
          lowAt: null,
          limit: null,
          keepDays: 7,
        },
        ...{ state: 'on', kind: 'goods', unit: 'VOL', points: '20', ...said },
      };
      const one = await made<TestGoods>(await post(`/merchants/${place}/goods`, body, { by: manager }));
      if (pieces > 0 && body.kind === 'goods')
        await made(await post(`/goods/${one.id}/movements`, { kind: 'delivery', quantity: pieces }));
      return one;
    },
    look: ({ id }) => get(`/goods/${id}`),
    ordered: async (by, lines) => made(await order(by, lines)),
    sell: (code, lines, key = uuid()) =>
      post(`/merchants/${place}/goods-sales`, { code, lines: linesOf(lines) }, { key }),
  };
}
