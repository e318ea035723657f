import type { Engine } from '../db/index.ts';
import type { Places } from '../places/index.ts';
import { formatInstant, type Actor } from '../platform/index.ts';
import { Exact, FEN_PER_YUAN, formatYuan } from '../platform/money/index.ts';
import { agreementsOf, type Settles } from './agreements.ts';
import { mayBind } from './bindable-funds.ts';
import { getFund } from './funds.ts';
import type { StandingAgreement } from './list-agreements.ts';
import { originOfCap } from './rules/monthly-cap.ts';
import type { OverExposure, SettlementPeriod } from './rules/settlement-terms.ts';
import { nameOfActor } from './who-took-part.ts';

type Sources = { engine: Engine; places: Places };
export type AgreementView = Awaited<ReturnType<typeof agreementView>>;

const FULL_FACTOR = 10_000;

/** Ten-thousandths as a decimal text: `0.95`. */
export function factorText(factor: number): string {
  return new Exact(factor).dividedBy(FULL_FACTOR).toFixed();
}

/** `0.95` in ten-thousandths; 0 is none. */
export function factorOf(text: string): number {
  return new Exact(text).times(FULL_FACTOR).toNumber();
}

/** As the schema let it through; a limit that nothing is said about refuses. */
export function settlesOf({
  period,
  exposure,
  overExposure,
}: {
  period: SettlementPeriod | undefined;
  exposure: string | undefined;
  overExposure: OverExposure | undefined;
}): Settles {
  return {
    ...(period !== undefined && { period }),
    ...(exposure !== undefined && {
      exposureFen: new Exact(exposure).times(FEN_PER_YUAN).toNumber(),
      overExposure: overExposure ?? 'refuse',
    }),
  };
}

/** What the reader may do: acts for the redeemer, for the whole book, for the places that pay; in a file, nothing. */
export type May = { cap: boolean; all: boolean; actor?: Actor };

export async function agreementView(
  { engine, places }: Sources,
  row: StandingAgreement,
  { cap, all, actor }: May,
) {
  const { id, version, redeemer, fund, mode, monthlyCap, basis, endedAt, endedReason } = row;
  const [place, of, via, madeByName, byName, capFrom] = await Promise.all([
    places.find(redeemer),
    fund === '*' ? undefined : getFund(engine, fund),
    row.via === '' ? undefined : places.find(row.via),
    row.madeBy === null ? undefined : nameOfActor(engine, row.madeBy),
    row.endedBy === null ? undefined : nameOfActor(engine, row.endedBy),
    capFromView(engine, row),
  ]);
  const isRunning = row.validTo === null && row.state !== 'ended';
  const mayEnd = of === undefined ? all : actor !== undefined && (await mayBind({ places }, actor, of));
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
    period: row.period ?? 'month',
    ...(row.exposureFen !== null && {
      ...{ exposure: formatYuan(row.exposureFen), overExposure: row.overExposure ?? 'refuse' },
    }),
    ...(monthlyCap !== null && { monthlyCap: String(monthlyCap) }),
    ...(capFrom && { capFrom }),
    from: formatInstant(row.validFrom),
    ...(row.validTo !== null && { until: formatInstant(row.validTo) }),
    state: row.state,
    cappable: cap && fund === '*' && isRunning && row.state === 'in-force' && place?.kind === 'merchant',
    endable: mayEnd && isRunning,
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

/** The earlier agreement with which its cap was laid down; undefined where it was with this one. */
async function capFromView(engine: Engine, row: StandingAgreement) {
  if (row.monthlyCap === null) return undefined;
  const known = (await agreementsOf(engine, row.redeemer)) ?? [];
  const { id, validFrom, basis, madeBy } = originOfCap(known, row);
  if (id === row.id) return undefined;
  const byName = madeBy === null ? undefined : await nameOfActor(engine, madeBy);
  return {
    from: formatInstant(validFrom),
    ...(basis !== null && { basis }),
    ...(byName !== undefined && { byName }),
  };
}
