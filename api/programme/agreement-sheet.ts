/** The list of agreements as a file, row by row. */
import type { OutCell } from '../platform/files/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import type { AgreementView } from './agreement.views.ts';
import { dayOf, unitWords } from './rules/index.ts';

const MODES = { clearing: '经结算中心结算', owed: '出资方直接结算', stocked: '不另结算' } as const;
const STATES = {
  'in-force': '现行',
  'to-come': '未开始',
  ended: '已结束',
  replaced: '已被新约定替代',
} as const;

const PERIODS = { month: '每月', quarter: '每季', year: '每年' } as const;

const HEADER = [
  ...[
    '收分方',
    '哪项经费的积分',
    '积分种类',
    '每分结算（元）',
    '结算系数',
    '怎样结算',
    '结算方',
    '结算周期',
    '未结限额（元）',
    '每月上限（分）',
    '上限沿用自',
  ],
  ...['起始日期', '截止日期', '状态', '依据', '登记人', '结束人', '结束原因'],
];

export function* agreementSheet(pages: Iterable<AgreementView>): Generator<readonly OutCell[]> {
  yield HEADER;
  for (const one of pages) yield rowOf(one);
}

function rowOf(one: AgreementView): readonly OutCell[] {
  const rate = one.rateMicro === undefined ? '' : yuanOfMicro(Number(one.rateMicro));
  return [
    ...[
      one.redeemerName,
      one.fundName ?? '所有经费',
      one.unit === undefined ? '' : unitWords(one.unit).zh,
      rate,
    ],
    ...[one.factor, MODES[one.mode], one.viaName ?? '', PERIODS[one.period], exposureText(one)],
    ...[one.monthlyCap ?? '', capFromText(one)],
    ...[{ date: dayOf(Date.parse(one.from)) }, lastDay(one.until), STATES[one.state], one.basis ?? ''],
    ...[one.madeByName ?? '', one.ending?.byName ?? '', one.ending?.reason ?? ''],
  ];
}

function exposureText({ exposure, overExposure }: AgreementView): string {
  if (exposure === undefined) return '';
  return `${exposure}，超过时${overExposure === 'ask' ? '询问' : '不收'}`;
}

/** Where the cap was laid down, if that was with an earlier agreement. */
function capFromText({ capFrom }: AgreementView): string {
  if (capFrom === undefined) return '';
  const { from, basis, byName } = capFrom;
  return [dayOf(Date.parse(from)), byName, basis].filter((part) => part !== undefined).join(' ');
}

function lastDay(until: string | undefined): OutCell {
  return until === undefined ? '' : { date: dayOf(Date.parse(until) - 1) };
}

/** Micro-yuan with as many places as it has: `0.1`. */
function yuanOfMicro(micro: number): string {
  return micro % 10_000 === 0 ? formatYuan(micro / 10_000) : String(micro / 1_000_000);
}
