/**
 * The last days of a month, all at once: every household puts points against its bill, while the same residents spend the
 * same points in the shops; then the firms' lists come back, and still the shops are open.
 */
import { asc, eq } from 'drizzle-orm';
import { Chance } from '../../../api/demo/chance.ts';
import { confirmOffset, exportOffsets, importPostedList, quoteForBill } from '../../../api/fees/index.ts';
import type { ProductDeps } from '../../../api/places/index.ts';
import { isProblem, type KeyActor, type PersonActor } from '../../../api/platform/index.ts';
import { confirmRedemption } from '../../../api/shop/index.ts';
import { BOOK, must, type Estate, type House, type Town } from './town.ts';

export type Played = {
  offsets: number;
  /** Somebody had gone shopping between the look and the confirm, and looked again. */
  lookedAgain: number;
  /** Nothing was left to offset with. */
  without: number;
  redemptions: number;
  /** A shop asked for more than was left. */
  turnedAway: number;
};

const RESIDENTS_AT_ONCE = 32;
const TILLS = 12;
const LISTS_AT_ONCE = 4;
const SAY_EVERY = 4_000;
/** Shoppers are those who stand at their bill just now, so that both want the same points. */
const NEAR = 48;
/** Of a firm's rows one in so many is sent back, and its points go home. */
const RETURNED_EVERY = 25;
const LOOKS = 20;
const NOTHING_LEFT = ['no-points', 'nothing-to-offset'];

const HEADER = '抵扣单号,房号,收费项目,计费月份,入账金额,入账日期,状态(已入账/已退回),备注';
const ACCOUNTANT: PersonActor = { kind: 'person', person: 'accountant', roles: [] };
const TILL: KeyActor = { kind: 'key', keyId: 'till', scopes: ['shop:spend'], book: BOOK, place: '' };

export async function playMonthEnd(
  deps: ProductDeps,
  town: Town,
  { seed, say }: { seed: number; say: (line: string) => void },
): Promise<Played> {
  const played: Played = { offsets: 0, lookedAgain: 0, without: 0, redemptions: 0, turnedAway: 0 };
  const houses = town.estates.flatMap((estate) => estate.houses);
  const shopping = openShops(deps, { town, houses, seed, played });
  try {
    await inLanes(RESIDENTS_AT_ONCE, houses, async (house, at) => {
      shopping.at = at;
      await offset(deps, house, played);
      if ((at + 1) % SAY_EVERY === 0)
        say(`${at + 1} of ${houses.length} households have looked at their bill`);
    });
    say(`${played.offsets} offsets while ${played.redemptions} redemptions were made`);
    let lists = 0;
    await inLanes(LISTS_AT_ONCE, town.estates, async (estate) => {
      await settle(deps, estate);
      lists += 1;
      if (lists % 20 === 0) say(`${lists} of ${town.estates.length} firms’ lists are in`);
    });
  } finally {
    await shopping.close();
  }
  return played;
}

/** A resident looks, and agrees to what they saw; who went shopping meanwhile looks again. */
async function offset(deps: ProductDeps, { bill, member }: House, played: Played): Promise<void> {
  const actor: PersonActor = { kind: 'person', person: member, roles: [] };
  for (let look = 0; look < LOOKS; look += 1) {
    const quoted = await quoteForBill(deps, { bill, member });
    if (isProblem(quoted)) {
      if (!NOTHING_LEFT.includes(quoted.code)) throw new Error(`a quote was refused: ${quoted.code}`);
      played.without += 1;
      return;
    }
    const { valueFen, takes } = quoted.quote;
    const points = takes.reduce((sum, take) => sum + take.points, 0);
    const asked = { bill, member, valueFen, points };
    const key = `offset-${look}`;
    const done = await confirmOffset(deps, { input: asked, actor, key, scope: `person:${member}` });
    if (!isProblem(done)) {
      played.offsets += 1;
      return;
    }
    if (done.code !== 'quote-changed') throw new Error(`an offset was refused: ${done.code}`);
    played.lookedAgain += 1;
  }
  throw new Error(`a bill was looked at ${LOOKS} times, and what was seen never held`);
}

function openShops(
  deps: ProductDeps,
  { town, houses, seed, played }: { town: Town; houses: readonly House[]; seed: number; played: Played },
) {
  const chance = new Chance(`tills/${seed}`);
  const shopping = { at: 0, isOpen: true, close: async (): Promise<void> => undefined };
  let receipts = 0;
  const till = async (): Promise<void> => {
    while (shopping.isOpen) {
      const near = (shopping.at + chance.int(0, NEAR)) % houses.length;
      const member = houses[near]?.member ?? '';
      const place = chance.pick(town.shops);
      const input = { place, customer: { member }, points: chance.int(1, 700), unit: 'CON', goods: '购物' };
      const key = `receipt-${(receipts += 1)}`;
      const sold = await confirmRedemption(deps, { input, actor: TILL, key, scope: 'key:till' });
      if (!isProblem(sold)) played.redemptions += 1;
      else if (sold.code === 'insufficient-points') played.turnedAway += 1;
      else throw new Error(`a till was refused: ${sold.code}`);
    }
  };
  const tills = Promise.all(Array.from({ length: TILLS }, till));
  // What a till finds is thrown where the shops close.
  tills.catch(() => (shopping.isOpen = false));
  shopping.close = async () => {
    shopping.isOpen = false;
    await tills;
  };
  return shopping;
}

/** The accountant hands over what waits, and takes in what the firm posted of it. */
async function settle(deps: ProductDeps, { id: estate }: Estate): Promise<void> {
  const scope = `place:${estate}`;
  for (let batch = 1; ; batch += 1) {
    const asked = { estate, actor: ACCOUNTANT, key: `batch-${batch}`, scope };
    const done = await exportOffsets(deps, asked);
    if (!isProblem(done)) continue;
    if (done.code !== 'nothing-to-export') throw new Error(`a batch was refused: ${done.code}`);
    break;
  }
  const { offsets: o, houses: h } = deps.engine.tables;
  const handedOver = await deps.engine.db
    .select({ number: o.number, building: h.building, unit: h.unit, room: h.room, fen: o.valueFen })
    .from(o)
    .innerJoin(h, eq(h.id, o.house))
    .where(eq(o.estate, estate))
    .orderBy(asc(o.id));
  const rows = handedOver.map(({ number, building, unit, room, fen }, at) => {
    const state = at % RETURNED_EVERY === RETURNED_EVERY - 1 ? '已退回' : '已入账';
    const house = `${building}-${unit}-${room}`;
    return `${number},${house},物业服务费,202606,${(fen / 100).toFixed(2)},2026-06-24,${state},`;
  });
  if (rows.length === 0) return;
  const file = { source: Buffer.from([HEADER, ...rows, ''].join('\n')), fileName: 'posted.csv' };
  const list = must(await importPostedList(deps, { estate, file, dryRun: false, actor: ACCOUNTANT }));
  const differing = list.reconciliation.breaks.filter(({ kind }) => kind !== 'returned');
  if (differing.length > 0) throw new Error(`a list differs: ${JSON.stringify(differing[0]).slice(0, 300)}`);
}

async function inLanes<Item>(
  lanes: number,
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  const waiting = items.entries();
  const lane = async (): Promise<void> => {
    for (const [at, item] of waiting) await work(item, at);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
