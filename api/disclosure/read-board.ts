/** 公示: what everybody may know of an estate's month. No name but masked ones, no shop by itself, no purchase. */
import type { Engine } from '../db/index.ts';
import { offsetRuleSchema } from '../fees/index.ts';
import { findPerson, findRoles } from '../identity/index.ts';
import type { Place, Places, ProductDeps } from '../places/index.ts';
import { maskName, type Problem } from '../platform/index.ts';
import {
  awardRuleSchema,
  dayOf,
  fundsById,
  periodOfMonth,
  rulesInForce,
  type Month,
  type RuleOfPeriod,
} from '../programme/index.ts';
import { budgetsOfMonth, type BudgetOfMonth } from './budgets-of-month.ts';
import { monthOfBook, type MonthOfBook } from './month-of-book.ts';
import {
  awardsOf,
  byUnit,
  countsOf,
  figuresOf,
  NO_FIGURES,
  type AwardLine,
  type FundFigures,
  type PlaceCounts,
  type UnitFigures,
} from './read-figures.ts';
import { ruleWords, type Words } from './rules/rule-words.ts';

export type PayerFigures = UnitFigures & { payer: 'fund' | 'merchants'; name?: string; count: number };
/** A unit whose figures are left out, and of how many shops they would tell the sales. */
export type Withheld = { unit: string; shops: number };
export type RuleShown = {
  kind: RuleOfPeriod['kind'];
  place: string;
  since: number;
  until?: number;
  by?: 'operator' | 'staff';
  words: Words[];
};
export type BoardMonth = MonthOfBook &
  PlaceCounts & {
    units: UnitFigures[];
    payers: PayerFigures[];
    withheld: Withheld[];
    budgets: BudgetOfMonth[];
    rules: RuleShown[];
  };

export async function boardMonth(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  { estate, month }: { estate: Place; month: Month },
): Promise<BoardMonth | Problem> {
  const { engine, places } = deps;
  const stand = await monthOfBook(deps, { book: estate.book, month });
  if ('code' in stand) return stand;
  const of = { place: estate.id, month };
  const [funds, counts, budgets, rules] = await Promise.all([
    figuresOf(engine, of),
    countsOf(engine, of),
    budgetsOfMonth({ engine, places }, estate, stand),
    rulesOfMonth(deps, estate, month),
  ]);
  const { payers, withheld } = await payersOf({ engine, places }, funds);
  const units = byUnit(funds).filter(({ unit }) => !withheld.some((left) => left.unit === unit));
  return { ...stand, ...counts, units, payers, withheld, budgets, rules };
}

/** The sum of one shop is its own, and each of two knows the other's by taking away its own. */
const FEWEST_SHOPS = 3;

/**
 * Each fund by itself, and all shops of a unit together: what one of them gave would tell everybody what it sold. Where
 * fewer than three gave, the unit's total is withheld too: less the funds' shares it is theirs.
 */
async function payersOf(
  { engine, places }: { engine: Engine; places: Places },
  figures: readonly FundFigures[],
): Promise<{ payers: PayerFigures[]; withheld: Withheld[] }> {
  const funds = await fundsById(
    engine,
    figures.map(({ fund }) => fund),
  );
  const shops = new Map<string, FundFigures[]>();
  const payers: PayerFigures[] = [];
  for (const row of figures) {
    const fund = funds.get(row.fund);
    const { fund: _, ...own } = row;
    if (fund && (await places.kindOf(fund.place)) !== 'merchant')
      payers.push({ ...own, payer: 'fund', name: fund.name, count: 1 });
    else shops.set(row.unit, [...(shops.get(row.unit) ?? []), row]);
  }
  const withheld: Withheld[] = [];
  for (const [unit, ofUnit] of shops) {
    const gave = ofUnit.filter(({ issued, takenBack }) => issued > 0 || takenBack > 0).length;
    if (gave > 0 && gave < FEWEST_SHOPS) {
      withheld.push({ unit, shops: gave });
      continue;
    }
    const [sum = { ...NO_FIGURES, unit }] = byUnit(ofUnit);
    payers.push({ ...sum, payer: 'merchants', count: ofUnit.length });
  }
  return { payers, withheld };
}

async function rulesOfMonth(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  estate: Place,
  month: Month,
): Promise<RuleShown[]> {
  const { start, end } = periodOfMonth(month);
  // A rule that is to come is nobody's yet.
  const period = { from: start, to: Math.min(end, clock() + 1) };
  const found = await rulesInForce({ engine, places }, { place: estate.id, ...period });
  return Promise.all(
    found.map(async (rule) => {
      const by = await roleBehind(engine, rule, await places.lineage(estate.id));
      const shown = { kind: rule.kind, place: (await places.find(rule.place))?.name ?? '' };
      return {
        ...{ ...shown, since: rule.validFrom, words: wordsOf(rule) },
        ...(rule.until !== undefined && { until: rule.until }),
        ...(by !== undefined && { by }),
      };
    }),
  );
}

function wordsOf({ kind, body }: RuleOfPeriod): Words[] {
  const rule = kind === 'offset' ? offsetRuleSchema.safeParse(body) : awardRuleSchema.safeParse(body);
  return rule.success ? ruleWords(rule.data) : [];
}

/** As what they published it; the person is nobody's business here. */
async function roleBehind(
  engine: Engine,
  { madeBy, createdAt }: RuleOfPeriod,
  line: readonly Place[],
): Promise<'operator' | 'staff' | undefined> {
  const [, person] = /^person:(.+)$/.exec(madeBy) ?? [];
  if (person === undefined) return undefined;
  const held = (await findRoles(engine, person, createdAt)).filter(
    ({ place }) => place === '' || line.some(({ id }) => id === place),
  );
  return (['staff', 'operator'] as const).find((role) => held.some((one) => one.role === role));
}

export type AwardShown = {
  name: string;
  type: string;
  day: string;
  points: number;
  unit: string;
  voided: boolean;
};

export async function boardAwards(
  engine: Engine,
  input: Parameters<typeof awardsOf>[1],
): Promise<{ line: AwardLine; shown: AwardShown }[]> {
  const lines = await awardsOf(engine, input);
  return Promise.all(
    lines.map(async (line) => {
      const { member, startsAt, type, points, unit, voided } = line;
      const name = maskName((await findPerson(engine, member))?.name ?? '');
      return { line, shown: { name, type, day: dayOf(startsAt), points, unit, voided } };
    }),
  );
}
