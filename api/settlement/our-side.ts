/** The ledger's side of a fund's month as it is compared, and whom the other side means by its words. */
import type { Engine } from '../db/index.ts';
import { estatesWithin, type ProductDeps } from '../places/index.ts';
import { squeeze } from '../platform/files/index.ts';
import type { Fund, Month } from '../programme/index.ts';
import type { FunderRow } from './files/funder-statement.ts';
import { knownNumbers, readFundMonth, type FundMonthRead } from './read-fund-month.ts';
import { compare } from './rules/compare.ts';
import type { OurParty } from './rules/compare-parties.ts';
import type { Compared, TheirRow } from './rules/difference.ts';
import { inFen } from './rules/fen-month.ts';
import type { FundMonth } from './rules/fund-month.ts';

type Sources = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;
export type Side = FundMonthRead & { names: ReadonlyMap<string, string> };

export async function ourSide(
  { engine, places, clock }: Sources,
  of: { fund: Pick<Fund, 'id' | 'book'>; month: Month },
): Promise<Side> {
  const read = await readFundMonth(engine, { ...of, now: clock() });
  const names = new Map<string, string>();
  for (const { party } of read.figures.parties) names.set(party, (await places.find(party))?.name ?? '');
  return { ...read, names };
}

export async function compareWith(
  sources: Sources,
  { fund, month, side, rows }: { fund: Fund; month: Month; side: Side; rows: readonly FunderRow[] },
): Promise<Compared & { theirs: TheirRow[] }> {
  const theirs = rows.map((row): TheirRow => ({ ...row, party: partyOf(side.names, row.partyText) }));
  const ours = new Set(side.items.map(({ number }) => number));
  const foreign = theirs.flatMap(({ number }) => (number === '' || ours.has(number) ? [] : [number]));
  const numbers = [...new Set(foreign)];
  const estates = numbers.length === 0 ? [] : await estatesOfFund(sources, fund);
  const elsewhere = await knownNumbers(sources.engine, { fund: fund.id, numbers, estates });
  const parties = partiesOf(side.figures);
  return { ...compare({ parties, items: side.items }, theirs, { month, elsewhere }), theirs };
}

/** The one place of the month that is called so, or that has this id; of two of one name neither. */
function partyOf(names: ReadonlyMap<string, string>, written: string): string {
  if (names.has(written)) return written;
  const called = squeeze(written);
  const found = [...names].filter(([, name]) => called !== '' && squeeze(name) === called);
  return found.length === 1 ? (found[0]?.[0] ?? '') : '';
}

function partiesOf(figures: FundMonth): OurParty[] {
  const fen = inFen(figures).parties;
  return figures.parties.map(({ party, points, acceptedMicro, reversedMicro, balance }, nth) => {
    const { accepted = 0, reversed = 0, balance: shown } = fen[nth] ?? {};
    return {
      ...{ party, points, accepted: acceptedMicro, reversed: reversedMicro },
      ...{ opening: balance?.opening, paid: balance?.paid, closing: balance?.closing },
      fen: { ...shown, points, accepted, reversed },
    };
  });
}

/** A shop's fund pays in the estates of its community. */
async function estatesOfFund({ engine, places }: Sources, { place }: Fund): Promise<string[]> {
  const line = await places.lineage(place);
  const above = line.find(({ kind }) => kind === 'community' || kind === 'street' || kind === 'district');
  return above ? idsOf(engine, above) : [];
}

async function idsOf(engine: Engine, place: Parameters<typeof estatesWithin>[1]): Promise<string[]> {
  return (await estatesWithin(engine, place)).map(({ id }) => id);
}
