/**
 * What a firm makes of the offsets of an estate: its posted list with the breaks of the documentation planted in it, and the
 * key that says what each row truly is. Who compares never sees the key.
 *
 * A row in ten has lost its number or carries another one, whatever else is right or wrong with it; days are off by up
 * to three. Wrong houses are rooms one character away: next door, a floor above, a key beside the right one. A row
 * in quite another building, whose number is lost as well, could not be told from that building's own.
 */
import { Chance } from '../../../api/demo/chance.ts';
import type { BreakKind, OurOffset } from '../../../api/fees/reconcile/reconciliation.ts';
import { addDays, addMonths } from '../../../api/programme/rules/index.ts';
import { mistypedNumber, mistypedRoom, nextDoor } from './slips.ts';
import { ITEMS, type EstateMonth } from './district.ts';

export type ListRow = {
  number: string;
  house: string;
  item: string;
  period: string;
  amountFen: number;
  day: string;
  state: 'posted' | 'returned' | 'paid';
  remark: string;
};

/** Whose row it is, if anybody's, and what is wrong with it. */
export type RowKey = { offset: string | null; wrong: BreakKind | null };
/** A break to be found: about an offset, about a row (by its place in the list), or about both. */
export type Planted = { kind: BreakKind; offset: string | null; row: number | null };
export type ListKey = { rows: RowKey[]; planted: Planted[]; notYetDue: string[] };
/** `offsets`: as the bills are by the time that the list comes. */
export type PlantedList = { offsets: OurOffset[]; rows: ListRow[]; key: ListKey };

/** Of ten thousand offsets each. */
const SHARES = {
  reissued: 100,
  cancelled: 50,
  'paid-first': 50,
  amount: 20,
  'wrong-room': 100,
  'wrong-house': 30,
  'wrong-period': 30,
  'wrong-item': 30,
  'missing-there': 30,
  duplicate: 30,
  returned: 30,
  late: 30,
  'not-yet-due': 50,
  'missing-here': 30,
} as const;
type Share = keyof typeof SHARES | 'right';

export type ListHabits = {
  /** The list is drawn up in autumn, and knows of postings that came late; nothing is not yet due by then. */
  drawnUpLate: boolean;
  /** The whole list of payments: what residents paid in money beside their points stands in it as well. */
  allPayments: boolean;
  /** The day of the offset is written back, else that of the hand-over. */
  daysOfOffsets: boolean;
  /** Rooms are numbers in it, so that a zero left out is none that could be seen. */
  roomsAreNumbers: boolean;
};

export function plantList(seed: string, estate: EstateMonth, habits: ListHabits): PlantedList {
  return new Planting(new Chance(`${seed}/list/${estate.code}`), estate, habits).run();
}

class Planting {
  readonly #chance: Chance;
  readonly #estate: EstateMonth;
  readonly #habits: ListHabits;
  readonly #numbers: ReadonlySet<string>;
  readonly #rows: { row: ListRow; key: RowKey; planted: Planted[] }[] = [];
  readonly #planted: Planted[] = [];
  readonly #notYetDue: string[] = [];

  constructor(chance: Chance, estate: EstateMonth, habits: ListHabits) {
    this.#chance = chance;
    this.#estate = estate;
    this.#habits = habits;
    this.#numbers = new Set(estate.offsets.map(({ number }) => number));
  }

  run(): PlantedList {
    const offsets = this.#estate.offsets.map((offset) => this.#take(offset));
    // Firms list by house or by day, and a person may have sorted it by anything.
    const order = this.#rows.map((each) => ({ each, at: this.#chance.int(0, 1_000_000) }));
    order.sort((a, b) => a.at - b.at);
    const planted = [...this.#planted];
    for (const [at, { each }] of order.entries()) {
      for (const one of each.planted) planted.push({ ...one, row: at });
    }
    return {
      offsets,
      rows: order.map(({ each }) => each.row),
      key: { rows: order.map(({ each }) => each.key), planted, notYetDue: this.#notYetDue },
    };
  }

  /** Writes what the list has of an offset, and answers with how its bill stands by then. */
  #take(offset: OurOffset): OurOffset {
    const share = this.#draw();
    const { number, bill } = offset;
    switch (share) {
      case 'reissued': {
        this.#planted.push({ kind: 'reissued', offset: number, row: null });
        const amountFen = bill.amountFen - this.#chance.int(100, 900);
        return { ...offset, bill: { ...bill, issue: 2, amountFen } };
      }
      case 'cancelled': {
        if (this.#chance.inThousand(500))
          this.#post(offset, { state: 'returned', remark: '账单已作废' }, 'returned');
        else this.#planted.push({ kind: 'missing-there', offset: number, row: null });
        return { ...offset, bill: { ...bill, cancelled: true } };
      }
      case 'not-yet-due': {
        if (this.#habits.drawnUpLate) break;
        this.#notYetDue.push(number);
        return { ...offset, exportedOn: '2026-07-20' };
      }
      case 'missing-here':
        this.#stranger();
        break;
      case 'missing-there':
        this.#planted.push({ kind: 'missing-there', offset: number, row: null });
        return offset;
      default:
        if (this.#spoil(offset, share)) return offset;
    }
    this.#post(offset, {}, null);
    this.#payRest(offset);
    return offset;
  }

  #draw(): Share {
    let at = this.#chance.int(1, 10_000);
    for (const [share, size] of Object.entries(SHARES)) {
      at -= size;
      if (at <= 0) return share as Share;
    }
    return 'right';
  }

  /** False where this list cannot have such a break. */
  #spoil(offset: OurOffset, share: Exclude<Share, 'reissued' | 'cancelled' | 'not-yet-due'>): boolean {
    const { house, item, valueFen, period, bill } = offset;
    switch (share) {
      case 'amount':
        this.#post(offset, { amountFen: valueFen + this.#chance.pick([-1, 1]) }, 'amount');
        return true;
      case 'wrong-room': {
        const room = mistypedRoom(this.#chance, house);
        if (this.#habits.roomsAreNumbers && room.length < house.length) return false;
        this.#post(offset, { house: room }, 'wrong-house');
        return true;
      }
      case 'wrong-house': {
        const other = nextDoor(this.#chance, house, this.#estate.houses);
        if (other !== undefined) this.#post(offset, { house: other }, 'wrong-house');
        return other !== undefined;
      }
      case 'wrong-period':
        this.#post(offset, { period: addMonths(period, this.#chance.pick([-1, 1])) }, 'wrong-period');
        return true;
      case 'wrong-item':
        this.#post(offset, { item: ITEMS.find((each) => each !== item) ?? item }, 'wrong-item');
        return true;
      case 'duplicate': {
        this.#post(offset, {}, null);
        this.#post(offset, {}, 'duplicate');
        this.#planted.push({ kind: 'duplicate', offset: offset.number, row: null });
        return true;
      }
      case 'returned':
        // Some lists have the posting itself as well; it counts for nothing then.
        if (this.#chance.inThousand(300)) {
          this.#rows.push({ ...this.#rowOf(offset, {}, 'returned', true), planted: [] });
        }
        this.#rows.push(
          this.#rowOf(
            offset,
            { state: 'returned', remark: '系统退回' },
            'returned',
            this.#chance.inThousand(900),
          ),
        );
        return true;
      case 'late':
        if (!this.#habits.drawnUpLate) return false;
        this.#post(offset, { day: addDays('2026-08-01', this.#chance.int(0, 40)) }, 'late');
        return true;
      case 'paid-first':
        this.#post(offset, { amountFen: bill.amountFen, state: 'paid', remark: '现金' }, 'paid-first');
        return true;
      default:
        return false;
    }
  }

  #post(offset: OurOffset, changes: Partial<ListRow>, wrong: BreakKind | null): void {
    this.#rows.push(this.#rowOf(offset, changes, wrong, this.#chance.inThousand(900)));
  }

  #rowOf(offset: OurOffset, changes: Partial<ListRow>, wrong: BreakKind | null, numbered: boolean) {
    const { number, house, item, period, valueFen: amountFen } = offset;
    const row: ListRow = {
      ...{ number, house, item, period, amountFen, state: 'posted', remark: '' },
      day: this.#dayOf(offset),
      ...changes,
    };
    if (row.state === 'paid' && this.#habits.allPayments) row.number = '';
    else if (!numbered) row.number = mistypedNumber(this.#chance, number, this.#numbers);
    const planted =
      wrong === null || wrong === 'duplicate' ? [] : [{ kind: wrong, offset: number, row: null }];
    return { row, key: { offset: number, wrong }, planted };
  }

  /** A posting of nobody we know: a house without an offset of that month, or one in which we have nothing of that amount. */
  #stranger(): void {
    const house = this.#chance.pick(this.#estate.houses);
    const taken = this.#estate.offsets.filter((each) => each.house === house);
    const amountFen = this.#chance.int(100, 900) * 10 + 7;
    if (taken.some(({ valueFen }) => Math.abs(valueFen - amountFen) <= 100)) return;
    const number = this.#chance.inThousand(500) ? '' : `ZZ-2605-${this.#chance.int(10_000, 99_999)}`;
    const day = `2026-06-${this.#chance.int(10, 28)}`;
    const rest = { item: '物业服务费', period: '2026-06', state: 'posted' as const, remark: '' };
    this.#rows.push({
      row: { number, house, amountFen, day, ...rest },
      key: { offset: null, wrong: 'missing-here' },
      planted: [{ kind: 'missing-here', offset: null, row: null }],
    });
  }

  /** What a household still had to pay, in money: no break. */
  #payRest(offset: OurOffset): void {
    if (!this.#habits.allPayments || !this.#chance.inThousand(500)) return;
    const { house, item, period, bill, valueFen } = offset;
    const amountFen = bill.amountFen - valueFen;
    this.#rows.push({
      row: {
        number: '',
        house,
        item,
        period,
        amountFen,
        day: this.#dayOf(offset),
        state: 'paid',
        remark: '微信',
      },
      key: { offset: null, wrong: null },
      planted: [],
    });
  }

  #dayOf({ offsetOn, exportedOn }: OurOffset): string {
    const day = this.#habits.daysOfOffsets ? offsetOn : exportedOn;
    return this.#chance.inThousand(300) ? addDays(day, this.#chance.int(-3, 3)) : day;
  }
}
