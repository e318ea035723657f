/** Liability and ageing as they are shown: whole fen, and the parts of a row add up to it. */
import { formatInstant } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import type { OutCell } from '../platform/files/index.ts';
import type { Month } from '../programme/index.ts';
import { MOST_DEBTS, type AgeingOfPlace, type NamedDebt } from './ageing.ts';
import type { Liability } from './liability.ts';
import { AGES } from './rules/ageing.ts';
import { fenOf } from './rules/difference.ts';
import { endingsOf, type Ending } from './rules/endings.ts';
import { NEVER, periodOfMonth } from '../programme/index.ts';

export function liabilityView({ at, funds }: { at: number; funds: readonly Liability[] }, month: Month) {
  return {
    ...{ month, at: formatInstant(at) },
    worth: yuan(funds.reduce((sum, { worthMicro }) => sum + worthMicro, 0)),
    funds: funds.map(({ fund, payer, points, worthMicro, waiting, unissued, debt, endings }) => ({
      ...{ fund: { id: fund.id, name: fund.name, unit: fund.unit }, payer },
      ...{ points: String(points), worth: yuan(worthMicro), waiting: String(waiting) },
      ...{ unissued: String(unissued), debt: String(debt) },
      endings: endings.map((one) => ({ ...endingView(one), points: String(one.points) })),
    })),
    endings: allEndings(funds).map(endingView),
  };
}

function endingView({ month, worthMicro, promised }: Ending) {
  return { ...(month !== undefined && { month }), ...(promised && { promised }), worth: yuan(worthMicro) };
}

function allEndings(funds: readonly Liability[]): Ending[] {
  return endingsOf(
    funds.flatMap(({ endings }) =>
      endings.map(({ month, ...rest }) => ({
        expiresAt: month === undefined ? NEVER : periodOfMonth(month).end,
        ...rest,
      })),
    ),
  );
}

export function* liabilityRows(funds: readonly Liability[]): Generator<readonly OutCell[]> {
  yield ['经费', '出资方', '积分种类', '到期月份', '积分', '折合', '说明'];
  for (const { fund, payer, points, worthMicro, waiting, unissued, debt, endings } of funds) {
    const of = [fund.name, payer, fund.unit];
    const rest = `待生效 ${waiting}，可发额度 ${unissued}，居民欠分 ${debt}`;
    yield [...of, '合计', points, { fen: fenOf(worthMicro) }, rest];
    for (const one of endings)
      yield [
        ...of,
        one.promised ? '已到期，等入账' : (one.month ?? '不到期'),
        one.points,
        { fen: fenOf(one.worthMicro) },
        '',
      ];
  }
}

export function ageingView({ at, payee, told, owes, owed }: AgeingOfPlace) {
  return {
    ...{ at: formatInstant(at), told },
    ...(payee && { payee: { id: payee.id, name: payee.name } }),
    ...{ owes: debtsView(owes), owed: debtsView(owed) },
  };
}

function debtsView(debts: readonly NamedDebt[]) {
  const fen = debts.map(fenOfDebt);
  const total = (name: keyof Fen) => fen.reduce((sum, one) => sum + one[name], 0);
  return {
    sums: agesView({
      ...{ owed: total('owed'), to30: total('to30'), to60: total('to60') },
      ...{ to90: total('to90'), over90: total('over90') },
    }),
    rows: debts.slice(0, MOST_DEBTS).map((debt) => ({
      payer: { id: debt.payer, name: debt.payerName },
      payee: { id: debt.payee, name: debt.payeeName },
      ...agesView(fenOfDebt(debt)),
    })),
    more: Math.max(0, debts.length - MOST_DEBTS),
  };
}

type Fen = ReturnType<typeof fenOfDebt>;

/** The parts of a fen that the four ages have go to the newest, so that they are the whole. */
function fenOfDebt(debt: NamedDebt) {
  const [owed, to60, to90, over90] = [debt.owed, debt.to60, debt.to90, debt.over90].map(fenOf) as [
    ...[number, number, number, number],
  ];
  return { owed, to30: owed - to60 - to90 - over90, to60, to90, over90 };
}

function agesView({ owed, ...ages }: Fen) {
  return {
    owed: formatYuan(owed),
    ...{ to30: formatYuan(ages.to30), to60: formatYuan(ages.to60) },
    ...{ to90: formatYuan(ages.to90), over90: formatYuan(ages.over90) },
  };
}

export function* ageingRows({ owes, owed }: AgeingOfPlace): Generator<readonly OutCell[]> {
  yield ['方向', '付款方', '收款方', '合计', '30 天以内', '31–60 天', '61–90 天', '90 天以上'];
  for (const [side, debts] of [['应付', owes] as const, ['应收', owed] as const])
    for (const debt of debts) {
      const fen = fenOfDebt(debt);
      const parts = AGES.map((age): OutCell => ({ fen: fen[age] }));
      yield [side, debt.payerName, debt.payeeName, { fen: fen.owed }, ...parts];
    }
}

function yuan(micro: number): string {
  return formatYuan(fenOf(micro));
}
