/** A statement as it is shown: amounts as yuan, signatures by name. Both who reads it and who audits it see full names. */
import { createHash } from 'node:crypto';
import { attachmentsById } from '../../attachments/index.ts';
import type { Engine } from '../../db/index.ts';
import { findPerson } from '../../identity/index.ts';
import { transactionsById } from '../../ledger/index.ts';
import { formatInstant } from '../../platform/index.ts';
import { formatYuan, MICRO_PER_FEN, MICRO_PER_YUAN } from '../../platform/money/index.ts';
import { nameOfActor } from '../../programme/index.ts';
import type { Closure } from '../close-month.ts';
import type { Check, Checklist } from './checklist.ts';
import { sumOf, type OwedRow, type PointsRow, type Settlement, type ValueRow } from './figures.ts';
import type { MonthStatementView } from './statement.schemas.ts';
import {
  editionsOfMonth,
  sectionsIn,
  type KeptStatement,
  type Signature,
  type StatementBody,
} from './statements.ts';

export function checklistView({ month, checks }: Checklist) {
  return { month, checks: checks.map(checkView) };
}

function checkView({ check, state, count, valueFen, differenceFen }: Check) {
  return {
    ...{ check, state, count },
    ...(valueFen === undefined ? {} : { value: formatYuan(valueFen) }),
    ...(differenceFen === undefined ? {} : { difference: formatYuan(differenceFen) }),
  };
}

export async function draftView(engine: Engine, body: StatementBody): Promise<MonthStatementView> {
  return { ...(await bodyView(engine, body)), preliminary: true };
}

/** As it was kept; what happened to the month since stands beside it. */
export async function keptView(
  engine: Engine,
  { kept, closure }: { kept: KeptStatement; closure: Closure },
): Promise<MonthStatementView> {
  const body = bodyOf(kept);
  const is = createHash('sha256').update(kept.body, 'utf8').digest('hex');
  const [closing] = await transactionsById(engine, [kept.closedTransaction ?? 0]);
  const { hash } = kept;
  return {
    ...(await bodyView(engine, body)),
    preliminary: false,
    closure: kept.closure,
    hash: {
      kept: hash,
      transaction: String(kept.closedTransaction ?? ''),
      intact: is === hash && closing?.memoCommitment === hash,
    },
    ...(closure.state === 'reopened' && { reopened: await reopeningView(engine, closure) }),
  };
}

export function bodyOf({ body }: KeptStatement): StatementBody {
  return JSON.parse(body) as StatementBody;
}

async function reopeningView(engine: Engine, { reason, reopenedBy, reopenedTransaction }: Closure) {
  const [by] = await transactionsById(engine, [reopenedTransaction ?? 0]);
  const name = await signerName(engine, reopenedBy ?? '');
  return { reason: reason ?? '', name, at: formatInstant(by?.bookedAt ?? 0) };
}

async function bodyView(
  engine: Engine,
  body: StatementBody,
): Promise<Omit<MonthStatementView, 'preliminary'>> {
  const { place, firm, month, edition, names, settlement, documents, openBreaks, readThrough } = body;
  const { prepared, approved, carriedBreaks, writeOffs = [], writeOffsTakenBack = [] } = body;
  const firmNames = new Map(sectionsIn(body).map((section) => [section.firm.id, section.firm.name]));
  const party = (id: string) => ({ id, name: names[id] ?? '' });
  const editions = await editionsOfMonth(engine, { place: place.id, month });
  const { evidence = [] } = body;
  const files = await attachmentsById(
    engine,
    evidence.map(({ attachment }) => attachment),
  );
  const borneView = <Row extends { firm: string; valueFen: number }>({ valueFen, ...row }: Row) => ({
    ...{ ...row, firm: { id: row.firm, name: firmNames.get(row.firm) ?? '' } },
    value: formatYuan(valueFen),
  });
  return {
    ...{ place, firm, month, edition, documents },
    points: body.points.map((row) => ({ unit: row.unit, fund: party(row.fund), ...moved(row, String) })),
    values: body.values.map((row) => ({
      item: row.item,
      ...moved(row, formatYuan),
      counts: moved(row.counts, Number),
    })),
    totals: totalsOf(body.values),
    owed: body.owed.map((row) => owedView(row, party(row.payer))),
    borne: body.borne.map(({ fund, micro }) => ({ fund: party(fund), amount: formatMicro(micro) })),
    settlement: settlementView(settlement),
    firms: sectionsIn(body).map((section) => ({
      firm: section.firm,
      owed: section.owed.map((row) => owedView(row, party(row.payer))),
      settlement: settlementView(section.settlement),
    })),
    openBreaks: sumsView(openBreaks),
    toCorrect: sumsView(body.toCorrect ?? NO_BREAKS),
    carriedBreaks: {
      ...sumsView(carriedBreaks ?? NO_BREAKS),
      list: (carriedBreaks?.list ?? []).map(({ differenceFen, createdAt, ...found }) => {
        return { ...found, difference: formatYuan(differenceFen), since: formatInstant(createdAt) };
      }),
    },
    late: (body.late ?? []).map(({ valueFen, ...row }) => ({ ...row, value: formatYuan(valueFen) })),
    writeOffs: writeOffs.map(borneView),
    writeOffsTakenBack: writeOffsTakenBack.map(borneView),
    evidence: evidence.map(({ attachment, sha256 }) => ({
      name: files.get(attachment)?.name ?? '',
      sha256,
    })),
    ...(prepared && { prepared: await signatureView(engine, prepared) }),
    ...(approved && { approved: await signatureView(engine, approved) }),
    readThrough: String(readThrough),
    editions: editions.map(({ edition: nth, closure, createdAt }) => ({
      ...{ edition: nth, closure, at: formatInstant(createdAt) },
    })),
  };
}

const NO_BREAKS = { count: 0, valueFen: 0, differenceFen: 0 };

function sumsView({ count, valueFen, differenceFen }: typeof NO_BREAKS) {
  return { count, value: formatYuan(valueFen), difference: formatYuan(differenceFen) };
}

function owedView({ opening, captured, paid, closing }: OwedRow, payer: { id: string; name: string }) {
  return {
    ...{ payer, opening: formatMicro(opening), captured: formatMicro(captured) },
    ...{ paid: formatMicro(paid), closing: formatMicro(closing) },
  };
}

function settlementView(settlement: Settlement) {
  return {
    posted: formatYuan(settlement.postedFen),
    owed: formatYuan(settlement.owedFen),
    concession: formatYuan(settlement.concessionFen),
    carriedIn: formatMicro(settlement.carriedInMicro),
    carriedOut: formatMicro(settlement.carriedOutMicro),
  };
}

type Moved = Pick<PointsRow, 'opening' | 'made' | 'givenBack' | 'posted' | 'closing'>;

function moved<Shown>(row: Moved, shown: (amount: number) => Shown) {
  const { opening, made, givenBack, posted, closing } = row;
  return {
    ...{ opening: shown(opening), made: shown(made), givenBack: shown(givenBack) },
    ...{ posted: shown(posted), closing: shown(closing) },
  };
}

function totalsOf(values: readonly ValueRow[]) {
  const total = (rows: readonly Moved[]): Moved => ({
    ...{ opening: sumOf(rows, (row) => row.opening), made: sumOf(rows, (row) => row.made) },
    ...{ givenBack: sumOf(rows, (row) => row.givenBack), posted: sumOf(rows, (row) => row.posted) },
    closing: sumOf(rows, (row) => row.closing),
  });
  const counts = total(values.map((row) => row.counts));
  return { ...moved(total(values), formatYuan), counts: moved(counts, Number) };
}

async function signatureView(engine: Engine, { by, at }: Signature) {
  return { name: await signerName(engine, by), at: formatInstant(at) };
}

/** Who signs a book of accounts does so with the whole name. */
export async function signerName(engine: Engine, actor: string): Promise<string> {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'person') return (await findPerson(engine, id))?.name ?? '';
  return (await nameOfActor(engine, actor)) ?? '';
}

/** To the fen; where something is left of one, all of it. */
export function formatMicro(micro: number): string {
  if (micro % MICRO_PER_FEN === 0) return formatYuan(micro / MICRO_PER_FEN);
  const size = Math.abs(micro);
  const rest = String(size % MICRO_PER_YUAN)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${micro < 0 ? '-' : ''}${Math.floor(size / MICRO_PER_YUAN)}.${rest}`;
}
