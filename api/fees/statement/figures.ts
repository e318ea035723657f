/**
 * A closed month in figures. Protects: opening + movements = closing for every row, in points and in yuan; what a firm is
 * owed is that firm's, whoever serves the estate by then; and it is rounded once, to the fen, what is left of a fen going
 * on to the next month.
 */
import { MICRO_PER_FEN } from '../../platform/money/index.ts';

/** What an offset does to what is promised to the firm. */
export type Step = 'made' | 'givenBack' | 'posted';
type Movements = Readonly<Record<Step, number>>;
type Row = Movements & { opening: number; closing: number };

export type PointsRow = { unit: string; fund: string } & Row;
/** In fen, by fee item; `counts` are offsets. */
export type ValueRow = { item: string } & Row & { counts: Row };
/** In micro-yuan, by who pays the firm: a fund, or the clearing party between them. */
export type OwedRow = { payer: string; opening: number; captured: number; paid: number; closing: number };
export type BorneRow = { fund: string; micro: number };

export type Settlement = {
  /** By how much bills fell, of the offsets posted in the month. */
  postedFen: number;
  /** Of a fen, from the months before; below 10,000. */
  carriedInMicro: number;
  capturedMicro: number;
  owedFen: number;
  carriedOutMicro: number;
  /** What the firm gives itself (物业让利): posted less owed; negative where it is owed more than its bills fell by. */
  concessionFen: number;
};

/** What one firm posted in the month, and what it is owed. */
export type FirmFigures = { firm: string; values: PostedRow[]; owed: OwedRow[]; settlement: Settlement };
export type PostedRow = { item: string; posted: number; counts: { posted: number } };

/** `owed` and `settlement` are over all firms; each of `firms` has its own. */
export type Figures = {
  points: PointsRow[];
  values: ValueRow[];
  owed: OwedRow[];
  borne: BorneRow[];
  settlement: Settlement;
  firms: FirmFigures[];
};

export type PointsMoved = { step: Step; unit: string; fund: string; points: number };
export type ValueMoved = { step: Step; firm: string; item: string; count: number; valueFen: number };
/** What a firm came to be owed, or was paid, by who pays it. */
export type Money = { firm: string; payer: string; micro: number };
type Of<Key extends string> = Readonly<Record<Key, string>> & { micro: number };

/** As the ledger has it: what was promised at an instant, and what moved until the next. */
export type Read = {
  opening: {
    points: readonly Omit<PointsMoved, 'step'>[];
    values: readonly Omit<ValueMoved, 'step' | 'firm'>[];
  };
  closing: Read['opening'];
  points: readonly PointsMoved[];
  values: readonly ValueMoved[];
  /** What each firm was owed when the month began, and had been paid; or only what was left of it, as a statement has it. */
  owedBefore: readonly Money[];
  captured: readonly Money[];
  paidBefore: readonly Money[];
  paid: readonly Money[];
  borne: readonly Of<'fund'>[];
  /** Of a fen, what the statement of the month before leaves to each firm; worked out of `owedBefore` where left out. */
  carriedIn?: ReadonlyMap<string, number>;
};

/** The closing figures of the month before, as its statement keeps them. */
export type Carried = Pick<Read, 'opening' | 'owedBefore'> & { carriedIn: ReadonlyMap<string, number> };

export function figuresOf(read: Read): Figures {
  const values = valueRows(read);
  const firms = firmFigures(read);
  const figures: Figures = {
    points: pointsRows(read),
    values,
    owed: owedRows(read),
    borne: read.borne.filter(({ micro }) => micro !== 0).toSorted((a, b) => compare(a.fund, b.fund)),
    settlement: settlementOfAll(firms),
    firms,
  };
  assertClosing(figures, read);
  return figures;
}

/** Whole fen of all that was ever captured, less those of the months before: no month's rounding is lost or made twice. */
export function settlementOf(of: {
  postedFen: number;
  beforeMicro: number;
  capturedMicro: number;
}): Settlement {
  const { postedFen, beforeMicro, capturedMicro } = of;
  const carriedInMicro = restOf(beforeMicro);
  const carriedOutMicro = restOf(carriedInMicro + capturedMicro);
  const owedFen = (carriedInMicro + capturedMicro - carriedOutMicro) / MICRO_PER_FEN;
  const concessionFen = postedFen - owedFen;
  return { postedFen, carriedInMicro, capturedMicro, owedFen, carriedOutMicro, concessionFen };
}

/** Each firm rounds its own; the sums of whole fen are whole. */
function settlementOfAll(firms: readonly FirmFigures[]): Settlement {
  const of = (name: keyof Settlement) => sumOf(firms, ({ settlement }) => settlement[name]);
  return {
    ...{ postedFen: of('postedFen'), owedFen: of('owedFen'), concessionFen: of('concessionFen') },
    ...{ carriedInMicro: of('carriedInMicro'), capturedMicro: of('capturedMicro') },
    carriedOutMicro: of('carriedOutMicro'),
  };
}

/** A firm that has nothing to settle and nothing to come is left out. */
function firmFigures(read: Read): FirmFigures[] {
  const money = [read.owedBefore, read.captured, read.paidBefore, read.paid].flat();
  const posted = read.values.filter(({ step }) => step === 'posted');
  const carried = [...(read.carriedIn?.keys() ?? [])];
  const ids = [...new Set([...[...money, ...posted].map(({ firm }) => firm), ...carried])].sort();
  const figures = ids.map((firm) => {
    const own = <One extends { firm: string }>(rows: readonly One[]) =>
      rows.filter((each) => each.firm === firm);
    const its = {
      ...{ owedBefore: own(read.owedBefore), captured: own(read.captured) },
      ...{ paidBefore: own(read.paidBefore), paid: own(read.paid) },
    };
    const values = postedRows(own(posted));
    const settlement = settlementOf({
      postedFen: sumOf(values, (row) => row.posted),
      beforeMicro: read.carriedIn
        ? (read.carriedIn.get(firm) ?? 0)
        : sumOf(its.owedBefore, ({ micro }) => micro),
      capturedMicro: sumOf(its.captured, ({ micro }) => micro),
    });
    return { firm, values, owed: owedRows(its), settlement };
  });
  return figures.filter(
    ({ values, owed, settlement }) =>
      values.length > 0 || owed.length > 0 || settlement.carriedOutMicro !== 0,
  );
}

/** What was posted of each item, and apart from it what was taken back of it, below zero. */
function postedRows(rows: readonly ValueMoved[]): PostedRow[] {
  return [false, true]
    .flatMap((isBack) => {
      const of = rows.filter(({ count }) => count < 0 === isBack);
      const items = [...new Set(of.map(({ item }) => item))];
      return items.map((item) => {
        const own = of.filter((row) => row.item === item);
        const counts = { posted: sumOf(own, ({ count }) => count) };
        return { item, posted: sumOf(own, ({ valueFen }) => valueFen), counts };
      });
    })
    .toSorted((a, b) => compare(a.item, b.item));
}

/** Never negative, so that what is carried is always something still to come. */
function restOf(micro: number): number {
  return ((micro % MICRO_PER_FEN) + MICRO_PER_FEN) % MICRO_PER_FEN;
}

function pointsRows({ opening, points }: Read): PointsRow[] {
  const keyOf = ({ unit, fund }: { unit: string; fund: string }) => JSON.stringify([unit, fund]);
  const keys = [...new Set([...opening.points, ...points].map(keyOf))].sort();
  return keys.map((key) => {
    const [unit, fund] = JSON.parse(key) as [string, string];
    const own = points.filter((each) => keyOf(each) === key);
    const at = opening.points.filter((each) => keyOf(each) === key);
    return {
      unit,
      fund,
      ...rowOf(
        sumOf(at, (each) => each.points),
        own,
        (each) => each.points,
      ),
    };
  });
}

function valueRows({ opening, values }: Read): ValueRow[] {
  const items = [...new Set([...opening.values, ...values].map(({ item }) => item))].sort();
  return items.map((item) => {
    const own = values.filter((each) => each.item === item);
    const at = opening.values.filter((each) => each.item === item);
    return {
      item,
      ...rowOf(
        sumOf(at, ({ valueFen }) => valueFen),
        own,
        ({ valueFen }) => valueFen,
      ),
      counts: rowOf(
        sumOf(at, ({ count }) => count),
        own,
        ({ count }) => count,
      ),
    };
  });
}

function rowOf<Moved extends { step: Step }>(
  opening: number,
  moved: readonly Moved[],
  amountOf: (one: Moved) => number,
): Row {
  const [made, givenBack, posted] = (['made', 'givenBack', 'posted'] as const).map((step) =>
    sumOf(
      moved.filter((each) => each.step === step),
      amountOf,
    ),
  ) as [number, number, number];
  return { opening, made, givenBack, posted, closing: opening + made - givenBack - posted };
}

type MoneyRead = Pick<Read, 'owedBefore' | 'captured' | 'paidBefore' | 'paid'>;

function owedRows({ owedBefore, captured, paidBefore, paid }: MoneyRead): OwedRow[] {
  const payers = [
    ...new Set([owedBefore, captured, paidBefore, paid].flat().map(({ payer }) => payer)),
  ].sort();
  const of = (rows: readonly Money[], payer: string) =>
    sumOf(
      rows.filter((each) => each.payer === payer),
      ({ micro }) => micro,
    );
  const rows = payers.map((payer) => {
    const opening = of(owedBefore, payer) - of(paidBefore, payer);
    const [gained, settled] = [of(captured, payer), of(paid, payer)];
    return { payer, opening, captured: gained, paid: settled, closing: opening + gained - settled };
  });
  return rows.filter(
    ({ opening, captured: gained, paid: settled }) => opening !== 0 || gained !== 0 || settled !== 0,
  );
}

/** In pairs: what is left by the movements is what the ledger says is promised at the end. A difference is a bug. */
function assertClosing({ points, values }: Figures, { closing }: Read): void {
  for (const { unit, fund, closing: left } of points) {
    const own = closing.points.filter((each) => each.unit === unit && each.fund === fund);
    assertEqual(
      `${unit} ${fund}`,
      left,
      sumOf(own, (each) => each.points),
    );
  }
  for (const { item, closing: left, counts } of values) {
    const own = closing.values.filter((each) => each.item === item);
    assertEqual(
      item,
      left,
      sumOf(own, ({ valueFen }) => valueFen),
    );
    assertEqual(
      item,
      counts.closing,
      sumOf(own, ({ count }) => count),
    );
  }
  const all = (rows: readonly { closing: number }[]) => sumOf(rows, (row) => row.closing);
  assertEqual(
    'points',
    all(points),
    sumOf(closing.points, (each) => each.points),
  );
  assertEqual(
    'values',
    all(values),
    sumOf(closing.values, ({ valueFen }) => valueFen),
  );
}

function assertEqual(of: string, left: number, promised: number): void {
  if (left !== promised)
    throw new Error(`month statement, ${of}: movements leave ${left}, the ledger has ${promised}`);
}

export function sumOf<One>(rows: readonly One[], amountOf: (one: One) => number): number {
  return rows.reduce((total, one) => total + amountOf(one), 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
