/** The firm's side of the replay: its sheets of bills, the residents' offsets, the export, the posted list. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import {
  confirmOffset,
  exportOffsets,
  importBills,
  importPostedList,
  quoteForBill,
  seenOf,
  resolveBreak,
} from '../fees/index.ts';
import { housesOf, type ProductDeps } from '../places/index.ts';
import { isProblem, keyScope, type PersonActor } from '../platform/index.ts';
import type { OutCell } from '../platform/files/index.ts';
import { addMonths, dayOf, type Month } from '../programme/index.ts';
import { billLines, billSheet, FEE_ITEM, keyOf, type BillLine, type Payments } from './bill-sheets.ts';
import { bytesOf } from './demo-files.ts';
import type { PlannedHouse } from './estate-plan.ts';
import type { FeeEvent } from './events.ts';
import { must } from './must.ts';
import { plantedRows, POSTED_LIST_HEADER, postedRow, type ListedOffset } from './planted-breaks.ts';

type Of<Kind extends FeeEvent['do']> = Extract<FeeEvent, { do: Kind }>;

export type FeesInput = {
  estate: string;
  /** The month whose posted list is left to the visitor. */
  plantedMonth: Month;
  seed: string;
  houses: readonly PlannedHouse[];
  accountant: PersonActor;
  /** The finance lead, who approves what the accountant has prepared. */
  lead: PersonActor;
};

export class FeesReplay {
  readonly #deps: ProductDeps;
  readonly #input: FeesInput;
  /** House ids by key, read once. */
  #houses: ReadonlyMap<string, { id: string }> | undefined;
  /** The newest whole sheet of bills. */
  #newest: { month: Month; bytes: Uint8Array } | undefined;

  constructor(deps: ProductDeps, input: FeesInput) {
    this.#deps = deps;
    this.#input = input;
  }

  async run(event: FeeEvent, key: string): Promise<boolean> {
    switch (event.do) {
      case 'bills':
        return this.#bills(event);
      case 'offset':
        return this.#offset(event, key);
      case 'export':
        return this.#export(key);
      case 'posted-list':
        return this.#postedList(event);
      case 'accept-breaks':
        return this.#acceptBreaks(event, key);
      case 'reissue':
        return this.#reissue(event);
    }
  }

  /** Files to try the imports with: last month's posted list with its planted breaks, this month's bills and the next's. */
  async files(): Promise<[name: string, bytes: Uint8Array][]> {
    const { plantedMonth, houses, seed } = this.#input;
    const on = `${plantedMonth}-28`;
    const rows = (await this.#exported(plantedMonth)).flatMap((offset) => plantedRows(offset, on));
    const files: [string, Uint8Array][] = [[postedListName(plantedMonth), await postedList(rows)]];
    if (!this.#newest) return files;
    const { month, bytes } = this.#newest;
    const next = addMonths(month, 1);
    const sheet = billSheet(billLines(houses, { seed, month: next }), { month: next, on });
    return [...files, [billsName(month), bytes], [billsName(next), await bytesOf(sheet)]];
  }

  async #bills({ month, paid }: Of<'bills'>): Promise<boolean> {
    const { seed, houses } = this.#input;
    const next = addMonths(month, 1);
    const lines = [
      ...(paid ? billLines(houses, { seed, month, payments: await this.#payments(month) }) : []),
      ...billLines(houses, { seed, month: next }),
    ];
    this.#newest = { month: next, bytes: await this.#importSheet(lines, next) };
    return true;
  }

  async #reissue({ month, lines }: Of<'reissue'>): Promise<boolean> {
    const changed = lines.flatMap(({ house: key, amountFen }): BillLine[] => {
      const house = this.#input.houses.find((each) => keyOf(each) === key);
      return house ? [{ house, item: FEE_ITEM, month, amountFen, paidFen: 0 }] : [];
    });
    await this.#importSheet(changed, month);
    return true;
  }

  async #importSheet(lines: readonly BillLine[], month: Month): Promise<Uint8Array> {
    const { estate, accountant } = this.#input;
    const bytes = await bytesOf(billSheet(lines, { month, on: dayOf(this.#deps.clock()) }));
    const file = { source: bytes, fileName: billsName(month) };
    const report = must(
      await importBills(this.#deps, {
        ...{ estate, file, actor: accountant, dryRun: false },
        // Planted: bills that the firm takes back, also under offsets.
        confirmed: ['cancels-bills', 'touches-offsets', 'paid-has-points', 'paid-less'],
      }),
    );
    if (report.rejected.length > 0)
      throw new Error(`the demo's own bills were refused: ${JSON.stringify(report)}`);
    return bytes;
  }

  async #payments(month: Month): Promise<Payments> {
    const { estate } = this.#input;
    const { engine } = this.#deps;
    const { offsets } = engine.tables;
    const ids = new Map([...(await this.#housesByKey())].map(([key, { id }]) => [id, key]));
    const rows = await engine.db
      .select({ house: offsets.house, valueFen: offsets.valueFen })
      .from(offsets)
      .where(
        and(
          ...[eq(offsets.estate, estate), eq(offsets.period, month)],
          inArray(offsets.state, ['exported', 'posted']),
        ),
      );
    return { offsetFen: new Map(rows.map(({ house, valueFen }) => [ids.get(house) ?? '', valueFen])) };
  }

  async #offset({ member, house, month, wantedFen }: Of<'offset'>, key: string): Promise<boolean> {
    const bill = await this.#openBill(house, month);
    if (bill === undefined) return false;
    // Neighbours whose family agreed pay together; the planted ones alone, each of what was planned.
    const together = wantedFen === undefined;
    const quoted = await quoteForBill(this.#deps, { bill, member, together });
    // A neighbour without points, or who has offset this bill: nothing happens. The planted ones have to succeed.
    if (isProblem(quoted) && wantedFen === undefined) return false;
    const valueFen = wantedFen ?? must(quoted).quote.valueFen;
    const seen = together ? seenOf(must(quoted)) : undefined;
    const input = { bill, member, valueFen, ...(seen !== undefined && { seen }) };
    const actor: PersonActor = { kind: 'person', person: member, roles: [] };
    const scope = keyScope(actor, this.#input.estate);
    must(await confirmOffset(this.#deps, { input, actor, key, scope }));
    return true;
  }

  async #openBill(houseName: string, month: Month): Promise<string | undefined> {
    const house = (await this.#housesByKey()).get(houseName);
    if (!house) return undefined;
    const { engine } = this.#deps;
    const { bills } = engine.tables;
    const [row] = await engine.db
      .select({ id: bills.id })
      .from(bills)
      .where(
        and(
          eq(bills.house, house.id),
          eq(bills.item, FEE_ITEM),
          eq(bills.period, month),
          eq(bills.state, 'open'),
        ),
      );
    return row?.id;
  }

  async #export(key: string): Promise<boolean> {
    const { estate, accountant: actor } = this.#input;
    const done = await exportOffsets(this.#deps, { estate, actor, key, scope: keyScope(actor, estate) });
    if (isProblem(done) && done.code === 'nothing-to-export') return false;
    must(done);
    return true;
  }

  async #postedList({ month, oneFenOff }: Of<'posted-list'>): Promise<boolean> {
    const { estate, accountant: actor } = this.#input;
    const offsets = await this.#exported(month);
    if (offsets.length === 0) return false;
    const on = `${month}-28`;
    const rows = offsets.map((offset, at) =>
      postedRow(oneFenOff && at === 0 ? { ...offset, valueFen: offset.valueFen + 1 } : offset, { on }),
    );
    const file = { source: await postedList(rows), fileName: postedListName(month) };
    must(await importPostedList(this.#deps, { estate, file, actor, dryRun: false }));
    return true;
  }

  async #acceptBreaks({ comment }: Of<'accept-breaks'>, key: string): Promise<boolean> {
    const { estate, accountant, lead } = this.#input;
    const { breaks: t } = this.#deps.engine.tables;
    const breaks = await this.#deps.engine.db
      .select({ id: t.id })
      .from(t)
      .where(and(eq(t.estate, estate), eq(t.state, 'open'), eq(t.kind, 'amount')))
      .orderBy(asc(t.id));
    for (const [at, { id }] of breaks.entries()) {
      const writeOff = { break: id, resolution: 'write-off' as const, comment };
      for (const [nth, actor] of [accountant, lead].entries()) {
        const ask = { actor, key: `${key}-${at}-${nth}`, scope: keyScope(actor, estate) };
        must(await resolveBreak(this.#deps, { ...writeOff, ...ask }));
      }
    }
    return breaks.length > 0;
  }

  /** Offsets that the firm has been given and whose list has not come, in the order of their numbers. */
  async #exported(month: Month): Promise<ListedOffset[]> {
    const { engine } = this.#deps;
    const { offsets } = engine.tables;
    const keys = new Map([...(await this.#housesByKey())].map(([key, { id }]) => [id, key]));
    const rows = await engine.db
      .select()
      .from(offsets)
      .where(
        and(eq(offsets.estate, this.#input.estate), eq(offsets.period, month), eq(offsets.state, 'exported')),
      )
      .orderBy(asc(offsets.number));
    return rows.map(({ number, house, item, period, valueFen }) => {
      return { number, house: keys.get(house) ?? '', item, period, valueFen };
    });
  }

  async #housesByKey(): Promise<ReadonlyMap<string, { id: string }>> {
    return (this.#houses ??= await housesOf(this.#deps.engine, this.#input.estate));
  }
}

function billsName(month: Month): string {
  return `和美苑物业费应收明细表-${month}.xlsx`;
}

function postedListName(month: Month): string {
  return `入账清单-${month}.xlsx`;
}

function postedList(rows: readonly (readonly OutCell[])[]): Promise<Uint8Array> {
  return bytesOf({ name: '入账清单', rows: [POSTED_LIST_HEADER, ...rows], headerRows: 1 });
}
