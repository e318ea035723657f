/** What the routes of 公示 and 月报 answer. */
import { formatInstant } from '../platform/index.ts';
import type { BoardMonth } from './read-board.ts';
import type { Counts, Figures, PlaceCounts, UnitFigures } from './read-figures.ts';
import type { EstateOfReport, MonthReport } from './read-report.ts';

function figuresView(figures: Figures) {
  return {
    opening: String(figures.opening),
    issued: String(figures.issued),
    takenBack: String(figures.takenBack),
    redeemed: String(figures.redeemed),
    refunded: String(figures.refunded),
    expired: String(figures.expired),
    moved: String(figures.moved),
    closing: String(figures.closing),
    takenBackOfEarlier: String(figures.takenBackOfEarlier),
    refundedOfEarlier: String(figures.refundedOfEarlier),
    takenBackLater: String(figures.takenBackLater),
    refundedLater: String(figures.refundedLater),
  };
}

const unitView = ({ unit, ...figures }: UnitFigures) => ({ unit, ...figuresView(figures) });

function countsView({ people, services, minutes, voidedServices, voidedMinutes }: Counts) {
  return { people, services, minutes, voidedServices, voidedMinutes };
}

const sumsView = ({ earned, served, units }: PlaceCounts & { units: UnitFigures[] }) => {
  return { earned, served: countsView(served), units: units.map(unitView) };
};

export function boardMonthView(
  estate: { id: string; name: string; community: string },
  { month, state, until, first, last, payers, withheld, budgets, rules, ...sums }: BoardMonth,
) {
  return {
    ...{ estate, month, state, until: formatInstant(until), first, last },
    ...sumsView(sums),
    payers: payers.map(({ payer, name, count, ...figures }) => {
      return { payer, ...(name !== undefined && { name }), count, ...unitView(figures) };
    }),
    withheld,
    budgets: budgets.map(({ fund, unit, payer, approved, approvedInMonth, waiting, left }) => ({
      ...{ fund, unit, payer, approved: String(approved), approvedInMonth: String(approvedInMonth) },
      ...{ waiting: String(waiting), left: String(left) },
    })),
    rules: rules.map(({ kind, place, since, until: end, by, words }) => ({
      ...{ kind, place, since: formatInstant(since), words },
      ...(end !== undefined && { until: formatInstant(end) }),
      ...(by !== undefined && { by }),
    })),
  };
}

export function reportView({ place, elsewhere, kinds, year, ...of }: MonthReport) {
  const { month, state, until, first, last, ...sums } = of;
  const { id, name, kind } = place;
  return {
    ...{ place: { id, name, kind }, month, state, until: formatInstant(until), first, last },
    ...sumsView(sums),
    elsewhere: elsewhere.map(unitView),
    kinds: kinds.map(({ type, ...counts }) => {
      return { type, points: String(counts.points), ...countsView(counts) };
    }),
    year: year.map(({ month: of, ...own }) => ({ month: of, ...sumsView(own) })),
  };
}

export function estateOfReportView({ estate: { id, name }, ...sums }: EstateOfReport) {
  return { estate: { id, name }, ...sumsView(sums) };
}
