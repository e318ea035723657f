/** How old what is owed is, of a place: what its funds owe, and what it is owed, by who pays and who is paid. */
import { firmServing, type Place, type ProductDeps } from '../places/index.ts';
import type { Actor } from '../platform/index.ts';
import { dayOf, fundsById } from '../programme/index.ts';
import { fundsPayingAt } from './liability.ts';
import { agedDebts, type AgedDebt } from './read-owed.ts';
import { FOR_A_FIRM, worksForFirm } from './works-for-firm.ts';

export type NamedDebt = AgedDebt & { payerName: string; payeeName: string };
export type AgeingOfPlace = { at: number; owes: NamedDebt[]; owed: NamedDebt[]; payee: Place | undefined } & {
  /** Whether what is owed to it may be seen. */
  told: boolean;
};

/** More than one page of a report has; the largest are kept, and the sums are of all. */
export const MOST_DEBTS = 500;

/** Of an estate: what the firm is owed that serves it, for those who work for the firm. */
export async function ageingOf(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  { place, actor }: { place: Place; actor: Actor },
): Promise<AgeingOfPlace> {
  const now = clock();
  const { book } = place;
  const owedHere =
    place.kind === 'estate'
      ? await firmServing({ engine, places }, { estate: place.id, day: dayOf(now) })
      : place;
  const isTold =
    owedHere?.kind !== 'firm' ||
    (await worksForFirm({ engine, places }, { firm: owedHere.id, actor, roles: FOR_A_FIRM, now }));
  const payee = isTold ? owedHere : undefined;
  const funds = place.kind === 'estate' ? [] : await fundsPayingAt(engine, place);
  const payers = [place.id, ...funds.map(({ fund }) => fund.id)];
  const owes = await agedDebts(engine, { book, owners: payers, side: 'payable', now });
  const owed = await agedDebts(engine, {
    ...{ book, owners: payee ? [payee.id] : [], side: 'receivable', now },
  });
  const names = await namesOf({ engine, places }, [...owes, ...owed]);
  const named = (rows: readonly AgedDebt[]) =>
    rows
      .map((row) => ({
        ...row,
        ...{ payerName: names.get(row.payer) ?? '', payeeName: names.get(row.payee) ?? '' },
      }))
      .toSorted((a, b) => b.owed - a.owed || (a.payer + a.payee < b.payer + b.payee ? -1 : 1));
  return { at: now, owes: named(owes), owed: named(owed), payee, told: isTold };
}

async function namesOf(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  rows: readonly AgedDebt[],
): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ payer, payee }) => [payer, payee]))];
  const names = new Map<string, string>();
  for (let at = 0; at < ids.length; at += MOST_DEBTS)
    for (const [id, { name }] of await fundsById(engine, ids.slice(at, at + MOST_DEBTS))) names.set(id, name);
  for (const id of ids) if (!names.has(id)) names.set(id, (await places.find(id))?.name ?? '');
  return names;
}
