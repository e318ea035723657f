/** The monthly report as one sheet, in the order of the page: the sums, each estate, each kind of service, the year. */
import type { OutCell, OutSheet } from '../platform/files/index.ts';
import { dayOf, unitWords } from '../programme/index.ts';
import type { Counts, UnitFigures } from './read-figures.ts';
import type { EstateOfReport, MonthReport } from './read-report.ts';

const FIGURES: readonly (readonly [string, (figures: UnitFigures) => number])[] = [
  ['月初结余', ({ opening }) => opening],
  ['发放', ({ issued }) => issued],
  ['收回', ({ takenBack }) => takenBack],
  ['使用', ({ redeemed }) => redeemed],
  ['退回', ({ refunded }) => refunded],
  ['到期', ({ expired }) => expired],
  ['迁入减迁出', ({ moved }) => moved],
  ['月末结余', ({ closing }) => closing],
];
const UNIT_COLUMNS = ['积分种类', ...FIGURES.map(([title]) => title)];
const STATES = { running: '本月未过完，数字会变', counting: '正在统计', final: '定稿' } as const;

export function reportSheet(report: MonthReport, estates: readonly EstateOfReport[]): OutSheet {
  const { place, month, state, until } = report;
  const rows: OutCell[][] = [
    [`${place.name} ${month} 积分月报`],
    [`按记账时间统计到 ${dayOf(until - 1)}`, STATES[state]],
    [],
    ['得分人数', '服务人数', '服务次数', '服务小时'],
    [report.earned, report.served.people, report.served.services, hours(report.served)],
    [],
    UNIT_COLUMNS,
    ...report.units.map(unitRow),
    ...report.elsewhere.map((row) => [
      `${unitWords(row.unit).zh}（没有登记住处的人）`,
      ...unitRow(row).slice(1),
    ]),
    [],
    ['小区', '得分人数', '服务人数', '服务次数', '服务小时', ...UNIT_COLUMNS],
    ...estates.flatMap(estateRows),
    [],
    ['服务类型', '人数', '次数', '小时', '发放'],
    ...report.kinds.map(({ type, ...counts }) => {
      return [type, counts.people, counts.services, hours(counts), counts.points];
    }),
    [],
    ['月份', '得分人数', '服务人数', '服务次数', '服务小时', ...UNIT_COLUMNS],
    ...report.year.flatMap(({ month: of, ...sums }) => sumRows(of, sums)),
  ];
  return { name: `${month} 月报`, rows, headerRows: 1, widths: [26, 12, 12, 12, 12, 14] };
}

function estateRows({ estate, ...sums }: EstateOfReport): OutCell[][] {
  return sumRows(estate.name, sums);
}

/** One row a unit; who has none yet has a row all the same. */
function sumRows(name: string, { earned, served, units }: Omit<EstateOfReport, 'estate'>): OutCell[][] {
  const own = [name, earned, served.people, served.services, hours(served)];
  const [first, ...others] = units;
  if (!first) return [own];
  return [
    [...own, ...unitRow(first)],
    ...others.map((unit) => [name, null, null, null, null, ...unitRow(unit)]),
  ];
}

function unitRow(figures: UnitFigures): OutCell[] {
  return [unitWords(figures.unit).zh, ...FIGURES.map(([, of]) => of(figures))];
}

function hours({ minutes }: Pick<Counts, 'minutes'>): number {
  return Math.round((minutes / 60) * 100) / 100;
}
