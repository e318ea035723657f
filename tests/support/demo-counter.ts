/** A counter of the demo town: members show codes, a clerk looks them up, credits, takes and undoes, all by the API. */
import { v7 as uuid } from 'uuid';
import { makeCode } from '../../api/shop/index.ts';
import type { TestApp, TestPerson, Visitor } from './whole-app.ts';

const ORIGIN = 'http://linli.test';

export interface Sale {
  readonly id: string;
  readonly points: string;
  readonly state: string;
  readonly mine: boolean;
  readonly steps?: readonly { zh: string; en: string; value: string }[];
}

export interface Counter {
  /** A fresh code of a member, as their phone shows it. */
  show(member: string): Promise<{ id: string; link: string; digits: string; endsAt: number }>;
  resolve(scan: string, by?: Visitor): Promise<Response>;
  /** Shows and looks up: the id that a confirm names. */
  resolved(member: string): Promise<string>;
  credit(body: object, how?: { key?: string; by?: Visitor }): Promise<Response>;
  redeem(body: object, how?: { key?: string; by?: Visitor }): Promise<Response>;
  undo(
    kind: 'purchases' | 'redemptions',
    id: string,
    how?: { reason?: string; key?: string; by?: Visitor },
  ): Promise<Response>;
  /** A purchase of a member, from the code on; anything but success fails the test. */
  bought(member: string, yuan: string, more?: object): Promise<Sale>;
  taken(member: string, points: number, unit: string): Promise<Sale>;
}

export function counterOf(app: TestApp, place: string, clerk: TestPerson, book = 1): Counter {
  const at = (path: string) => `/api/v1/merchants/${place}/${path}`;
  const send = (path: string, json: object, { key = uuid(), by = clerk as Visitor } = {}) =>
    app.request(path, { json, key, by });
  const made = async (answer: Response): Promise<Sale> => {
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Sale;
  };
  const counter: Counter = {
    show: (member) => makeCode(app.server.deps, { book, member, origin: ORIGIN }),
    resolve: (scan, by = clerk) => app.request(at('codes/resolve'), { json: { scan }, by }),
    async resolved(member) {
      const { id, link } = await counter.show(member);
      const answer = await counter.resolve(link);
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      return id;
    },
    credit: (body, how) => send(at('purchases'), body, how),
    redeem: (body, how) => send(at('redemptions'), body, how),
    undo: (kind, id, { reason = '', ...how } = {}) => send(`/api/v1/${kind}/${id}/undo`, { reason }, how),
    async bought(member, yuan, more = {}) {
      const code = await counter.resolved(member);
      return made(await counter.credit({ code, receipt: uuid(), amount: yuan, ...more }));
    },
    async taken(member, points, unit) {
      const code = await counter.resolved(member);
      return made(await counter.redeem({ code, points: String(points), unit, goods: '洗衣液 1 瓶' }));
    },
  };
  return counter;
}
