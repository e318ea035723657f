/**
 * Replays planned events through the real use cases, one after the other, each at its own time: the journal, the rules,
 * the caps and the floors decide about them as they would have on that day.
 */
import { eq } from 'drizzle-orm';
import { isProblem, keyScope, type Instant, type KeyActor, type PersonActor } from '../platform/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { dayOf, memberPoints } from '../programme/index.ts';
import {
  confirmRedemption,
  creditPurchase,
  makeCode,
  readScan,
  resolveCode,
  takePurchaseBack,
  undoRedemption,
} from '../shop/index.ts';
import { rateService, recordService } from '../volunteering/index.ts';
import type { Crew, Who } from './crew.ts';
import type { DemoEvent } from './events.ts';
import type { FeesReplay } from './fees-replay.ts';
import { must } from './must.ts';
import { BOOK, type DemoPlaces } from './places.ts';
import type { SettleMonths } from './settle-months.ts';
import type { ShelvesReplay } from './shelves.ts';

export type ReplayInput = {
  places: DemoPlaces;
  crew: Crew;
  /** What the other merchants' own till programs sign with. */
  tills: KeyActor;
  fees: FeesReplay;
  shelves: ShelvesReplay;
  settling: SettleMonths;
  /** The replayed clock is set to each event's time. */
  setClock: (at: Instant) => void;
};

type Of<Kind extends DemoEvent['do']> = Extract<DemoEvent, { do: Kind }>;

/** The made-up origin of the links in the codes that are shown and scanned while replaying. */
const ORIGIN = 'http://linli.invalid';

export class Replay {
  readonly #deps: ProductDeps;
  readonly #input: ReplayInput;
  /** What events call a thing → its id; only of things that came to be. */
  readonly #made = new Map<string, { id: string; place: string; by: PersonActor | KeyActor }>();
  #step = 0;

  constructor(deps: ProductDeps, input: ReplayInput) {
    this.#deps = deps;
    this.#input = input;
  }

  /** False when it could not come to be: not enough points, nothing left to rate. */
  async run(event: DemoEvent): Promise<boolean> {
    this.#input.setClock(event.at);
    this.#step += 1;
    switch (event.do) {
      case 'service':
        return this.#service(event);
      case 'rating':
        return this.#rating(event);
      case 'purchase':
        return this.#purchase(event);
      case 'take-back':
        return this.#undo(event, takePurchaseBack, this.#actor('manager'));
      case 'redemption':
        return this.#redemption(event);
      case 'undo':
        return this.#undo(event, undoRedemption);
      case 'stock':
      case 'order':
      case 'pick-up':
        return this.#input.shelves.run(event, `demo-${this.#step}`);
      case 'settle':
        return this.#input.settling.run(event.month, dayOf(event.at));
      default:
        return this.#input.fees.run(event, `demo-${this.#step}`);
    }
  }

  #actor(who: Who): PersonActor {
    return this.#input.crew.actors[who];
  }

  #ask(actor: PersonActor | KeyActor, place: string) {
    return { actor, key: `demo-${this.#step}`, scope: keyScope(actor, place) };
  }

  async #service({ ref, by, service }: Of<'service'>): Promise<boolean> {
    const place = this.#input.places.estate.id;
    const actor = this.#actor(by);
    const asked = { input: { ...service, place }, ...this.#ask(actor, place) };
    const recorded = await recordService(this.#deps, asked);
    // The dice may send one volunteer to two places at once; the second never was.
    if (isProblem(recorded) && recorded.code === 'service-overlaps') return false;
    const done = must(recorded);
    // Hours that earn nothing wait for nobody and are not rated.
    if (await this.#waits(done.service)) this.#made.set(ref, { id: done.service, place, by: actor });
    return true;
  }

  async #waits(service: string): Promise<boolean> {
    const { services } = this.#deps.engine.tables;
    const found = await this.#deps.engine.db
      .select({ state: services.state })
      .from(services)
      .where(eq(services.id, service));
    return found[0]?.state === 'waiting';
  }

  async #rating({ of, by, grade }: Of<'rating'>): Promise<boolean> {
    const made = this.#made.get(of);
    if (!made) return false;
    const actor = this.#actor(by);
    must(await rateService(this.#deps, { service: made.id, grade, ...this.#ask(actor, made.place), actor }));
    return true;
  }

  async #purchase({ ref, shop, member, amountFen }: Of<'purchase'>): Promise<boolean> {
    const { id: place } = this.#shop(shop);
    const clerk = this.#clerkOf(shop);
    const actor = clerk ?? this.#input.tills;
    const customer = clerk ? { code: await this.#show(member, place) } : { member };
    const receipt = `R${String(this.#step).padStart(6, '0')}`;
    const input = { place, customer, receipt, amountFen, paidWithPointsFen: 0 };
    const done = must(await creditPurchase(this.#deps, { input, ...this.#ask(actor, place) }));
    this.#made.set(ref, { id: done.id, place, by: actor });
    return true;
  }

  async #redemption({ ref, shop, member, unit, points, goods }: Of<'redemption'>): Promise<boolean> {
    const { id: place } = this.#shop(shop);
    const actor = this.#clerkOf(shop);
    if (!actor || !(await this.#has(member, unit, points))) return false;
    const input = { place, customer: { code: await this.#show(member, place) }, points, unit, goods };
    const done = must(await confirmRedemption(this.#deps, { input, ...this.#ask(actor, place) }));
    this.#made.set(ref, { id: done.id, place, by: actor });
    return true;
  }

  async #undo(
    { of, reason }: Of<'undo' | 'take-back'>,
    undo: typeof undoRedemption,
    by?: PersonActor,
  ): Promise<boolean> {
    const made = this.#made.get(of);
    if (!made) return false;
    must(await undo(this.#deps, { id: made.id, reason, ...this.#ask(by ?? made.by, made.place) }));
    return true;
  }

  #shop(index: number) {
    const shop = this.#input.places.shops[index];
    if (!shop) throw new RangeError('there is no such shop');
    return shop;
  }

  /** The two shops whose people can sign in scan codes; the others' till programs send what was bought. */
  #clerkOf(shop: number): PersonActor | undefined {
    return shop === 0 ? this.#actor('clerk') : shop === 1 ? this.#actor('outlet') : undefined;
  }

  /** The member shows a code, the till looks it up. */
  async #show(member: string, place: string): Promise<string> {
    const code = await makeCode(this.#deps, { book: BOOK, member, origin: ORIGIN });
    const scan = must(readScan(code.link, ORIGIN));
    return must(await resolveCode(this.#deps, { scan, place, book: BOOK })).id;
  }

  async #has(member: string, unit: string, points: number): Promise<boolean> {
    const now = this.#deps.clock();
    const held = await memberPoints(this.#deps.engine, { book: BOOK, member, now });
    return (held.find((each) => each.unit === unit)?.available ?? 0) >= points;
  }
}
