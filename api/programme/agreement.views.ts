import type { Engine } from '../db/index.ts';
import type { Places } from '../places/index.ts';
import { formatInstant } from '../platform/index.ts';
import { Exact } from '../platform/money/index.ts';
import { getFund } from './funds.ts';
import type { StandingAgreement } from './list-agreements.ts';
import { nameOfActor } from './who-took-part.ts';

type Sources = { engine: Engine; places: Places };
export type AgreementView = Awaited<ReturnType<typeof agreementView>>;

const FULL_FACTOR = 10_000;

/** Ten-thousandths as a decimal text: `0.95`. */
function factorText(factor: number): string {
  return new Exact(factor).dividedBy(FULL_FACTOR).toFixed();
}

/** `0.95` in ten-thousandths; 0 is none. */
export function factorOf(text: string): number {
  return new Exact(text).times(FULL_FACTOR).toNumber();
}

/** `may`: whether the reader acts for the redeemer, and for the whole book, too. */
export async function agreementView(
  { engine, places }: Sources,
  row: StandingAgreement,
  may: { one: boolean; all: boolean },
) {
  const { id, version, redeemer, fund, mode, monthlyCap, basis, endedAt, endedReason } = row;
  const [place, of, via, madeByName, byName] = await Promise.all([
    places.find(redeemer),
    fund === '*' ? undefined : getFund(engine, fund),
    row.via === '' ? undefined : places.find(row.via),
    row.madeBy === null ? undefined : nameOfActor(engine, row.madeBy),
    row.endedBy === null ? undefined : nameOfActor(engine, row.endedBy),
  ]);
  const isRunning = row.validTo === null && row.state !== 'ended';
  return {
    ...{
      id,
      version,
      redeemer,
      fund,
      mode,
      redeemerName: place?.name ?? '',
      redeemerKind: place?.kind ?? '',
    },
    ...(of && { fundName: of.name, unit: of.unit, rateMicro: String(of.rateMicro) }),
    isOwn: of?.place === redeemer,
    ...(via && { viaName: via.name }),
    factor: factorText(row.factor),
    ...(monthlyCap !== null && { monthlyCap: String(monthlyCap) }),
    from: formatInstant(row.validFrom),
    ...(row.validTo !== null && { until: formatInstant(row.validTo) }),
    state: row.state,
    cappable: may.one && fund === '*' && isRunning && row.state === 'in-force' && place?.kind === 'merchant',
    endable: (fund === '*' ? may.all : may.one) && isRunning,
    ...(basis !== null && { basis }),
    ...(madeByName !== undefined && { madeByName }),
    madeAt: formatInstant(row.createdAt),
    ...(endedAt !== null && {
      ending: {
        ...(byName !== undefined && { byName }),
        ...{ at: formatInstant(endedAt), reason: endedReason ?? '' },
      },
    }),
  };
}
