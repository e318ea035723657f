/** What a kept posted list moves: matched offsets are captured, returned ones given back. Resumable. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { post, untilFresh, type Posted } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import type { Month } from '../programme/index.ts';
import { isProblem, problem, type Problem } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { monthsOfPlace } from './months-of-place.ts';
import { givingBack } from './give-back.ts';
import { noteChangedBills, noteNotTaken } from './note-not-taken.ts';
import { holdsOf, partsOfOffsets, settledParts, type OffsetPart } from './offset-parts.ts';
import type { Offset } from './offsets.ts';
import { explainNotHandedOver } from './reconcile/explain.ts';
import { originalInstant } from './rules/original-day.ts';
import { daysOf, matchedOffsets, returnedOffsets } from './listed-offsets.ts';
import { earlierBreaks, settledBy, stillOpen, type EarlierBreak } from './open-breaks.ts';

/** `failed`: refused by the ledger; a break or the same file sent again takes them up. */
export type Settled = { captured: number; returned: number; failed: number };
export const NOTHING_SETTLED: Settled = { captured: 0, returned: 0, failed: 0 };

type SettleDeps = Pick<ProductDeps, 'engine' | 'journal' | 'ids' | 'places' | 'clock' | 'log'>;
/** `resumed`: bills may have changed since the list was compared. */
type Settling = { import: string; estate: string; actor: string; resumed?: boolean };

/** Units of the bulk lane that wait for the journal at once. */
const AT_ONCE = 64;

export async function settlePostedList(deps: SettleDeps, input: Settling): Promise<Settled | Problem> {
  const { engine, places } = deps;
  const book = await places.bookOf(input.estate);
  if (book === undefined) return problem('not-found');
  const all = await matchedOffsets(engine, input.import);
  const earlier = await earlierBreaks(engine, { estate: input.estate, list: input.import });
  const changed = input.resumed
    ? await noteChangedBills(deps, { import: input.import, offsets: all, earlier })
    : new Set<string>();
  const matched = all.filter(({ id }) => !changed.has(id));
  const days = await daysOf(engine, input.import);
  const { closed } = await monthsOfPlace(engine, input.estate);
  const partsOf = await partsOfOffsets(engine, idsOf(matched));
  const captured = await eachOf(matched, (offset) => {
    const of = {
      offset,
      parts: partsOf(offset.id),
      earlier: earlier.get(offset.id) ?? [],
      postedOn: days.get(offset.id) ?? null,
    };
    return capture(deps, { ...input, book, closed, ...of });
  });
  const given = await returnedOffsets(engine, input.import);
  const partsGiven = await partsOfOffsets(engine, idsOf(given.map(({ offset }) => offset)));
  const returned = await eachOf(given, ({ offset, found, postedOn }) =>
    giveBack(deps, { ...input, book, closed, offset, parts: partsGiven(offset.id), found, postedOn }),
  );
  const lost = await noteGivenBack(deps, input);
  const done = (answers: readonly (Posted | Problem)[]) => answers.filter((each) => !isProblem(each)).length;
  // What somebody gave back meanwhile is said by its break, and never to be captured.
  const open = captured.filter((each, nth) => isProblem(each) && !lost.has(matched[nth]?.id ?? ''));
  const failed = open.length + returned.length - done(returned);
  if (failed === 0) await markSettled(engine, input.import);
  else deps.log.warn({ import: input.import, failed }, 'a posted list is not settled whole');
  return { captured: done(captured), returned: done(returned), failed };
}

/** The parts of a unit that hand an offset's points over to the firm, on the terms of the day they were promised. */
export function handingOver(offset: Offset, parts: readonly OffsetPart[]) {
  return {
    place: offset.estate,
    ruleVersion: offset.ruleVersion,
    commands: holdsOf(offset, parts).map((hold) => ({ do: 'capture' as const, hold, final: true })),
    rows: [
      {
        update: 'offsets',
        id: offset.id,
        version: offset.version,
        set: { state: 'posted', settled_transaction: { planned: 'transaction' as const } },
      },
      ...settledParts(parts),
    ],
  };
}

type One = Settling & {
  book: number;
  offset: Offset;
  parts: readonly OffsetPart[];
  /** The day of the firm's row. */
  postedOn: string | null;
  /** The months of its estate that are closed. */
  closed: readonly Month[];
};

/** A late correction keeps its day: what was posted in a month before is taken in the one that is open. */
function lateOf(
  { clock }: SettleDeps,
  { offset, postedOn, closed }: Pick<One, 'offset' | 'postedOn' | 'closed'>,
) {
  const original = originalInstant(postedOn, { now: clock(), notBefore: offset.createdAt, closed });
  return original === undefined ? {} : { originalEffectiveAt: original };
}

function idsOf(offsets: readonly Offset[]): string[] {
  return offsets.map(({ id }) => id);
}

/**
 * What earlier lists had against the offset is settled with it. A capture that the ledger refuses (its hold has ended)
 * becomes a break, which a person resolves.
 */
async function capture(
  deps: SettleDeps,
  {
    book,
    offset,
    parts,
    actor,
    earlier,
    postedOn,
    closed,
    ...of
  }: One & { earlier: readonly EarlierBreak[] },
): Promise<Posted | Problem> {
  const ask = { book, scope: `posted-list:${of.import}`, key: `posted:${offset.id}`, request: [offset.id] };
  const unit = handingOver(offset, parts);
  const { resolvedBy, settledImport, ...settled } = settledBy(of.import, 'later-list');
  const set = {
    ...{ ...settled, resolved_by: resolvedBy, settled_import: settledImport },
    transaction: { planned: 'transaction' as const },
  };
  // Somebody may have taken one up, or resolved it, since the list was compared.
  const done = await untilFresh(async () => {
    const open = earlier.length === 0 ? [] : await stillOpen(deps.engine, earlier);
    const resolved = open.map((each) => ({ update: 'breaks', ...each, set }));
    const rows = [...unit.rows, ...resolved];
    return post(deps, ask, {
      actor,
      lane: 'bulk',
      ...unit,
      ...lateOf(deps, { offset, postedOn, closed }),
      rows,
    });
  });
  if (isProblem(done) && done.code === 'hold-ended') await noteEndedHold(deps, { ...of, offset, earlier });
  return done;
}

async function noteEndedHold(
  deps: SettleDeps,
  input: { import: string; offset: Offset; earlier: readonly EarlierBreak[] },
): Promise<void> {
  const { number, valueFen } = input.offset;
  const found = {
    kind: 'hold-ended' as const,
    differenceFen: 0,
    proposal: 'release' as const,
    zh: `${number}：物业入账太晚。为这张单预留的积分已经过了期限，不能再付给物业。请把积分退给居民（还没退的选“退回”，系统到期也会自动退），并请物业撤销这笔入账，改向居民收 ${formatYuan(valueFen)} 元`,
    en: `${number}: the firm posted it too late. The points set aside for it have passed their time and can no longer be paid to the firm. Give them back to the resident (choose “give back”, or the system does it by itself), and have the firm undo its posting and collect ${formatYuan(valueFen)} in money`,
  };
  await noteNotTaken(deps, { ...input, found, postedRow: null });
}

/**
 * Offsets that were given back after the list was compared and before they were captured (a second person's release, a
 * hold's end), or came back with their batch: the firm has posted what is not in its hands. Each becomes a break about its
 * row, as one in a later list does.
 */
async function noteGivenBack({ engine, ids, clock }: SettleDeps, input: Settling): Promise<Set<string>> {
  const { breaks, offsets: t, postedRows: p } = engine.tables;
  const found = await engine.db
    .select({ row: p.id, rowNumber: p.rowNumber, amountFen: p.amountFen, offset: t })
    .from(p)
    .innerJoin(t, eq(t.id, p.matchedOffset))
    .where(
      and(
        eq(p.import, input.import),
        eq(p.state, 'posted'),
        inArray(t.state, ['returned', 'cancelled', 'held']),
      ),
    );
  for (const { row, rowNumber, amountFen, offset } of found) {
    const said =
      offset.state === 'held'
        ? backAgain(offset, { rowNumber, amountFen })
        : givenBack(offset, { rowNumber, amountFen });
    await engine.atomically((db) => [
      db.insert(breaks).values({
        id: ids(),
        version: 1,
        estate: input.estate,
        import: input.import,
        ...said,
        postedRow: row,
        differenceFen: amountFen,
        proposal: 'firm-corrects',
        state: 'open',
        createdAt: clock(),
      }),
      db.update(p).set({ matchedOffset: null }).where(eq(p.id, row)),
    ]);
  }
  return new Set(found.map(({ offset }) => offset.id));
}

type Line = { rowNumber: number; amountFen: number };

function backAgain({ id, number }: Offset, line: Line) {
  return { kind: 'not-handed-over', offset: id, ...explainNotHandedOver(number, line) };
}

function givenBack({ number }: Offset, { rowNumber, amountFen }: Line) {
  return {
    kind: 'duplicate',
    zh: `${number}：对账的时候，这张单的积分刚刚退给居民，不能再付给物业。请物业撤销清单第 ${rowNumber} 行，改向居民收 ${formatYuan(amountFen)} 元`,
    en: `${number}: its points went back to the resident while the list was compared, and can no longer be paid to the firm. Have the firm take row ${rowNumber} out and collect ${formatYuan(amountFen)} in money`,
  };
}

async function giveBack(
  deps: SettleDeps,
  {
    book,
    offset,
    parts,
    actor,
    found,
    postedOn,
    closed,
    ...of
  }: One & { found: { id: string; version: number } },
): Promise<Posted | Problem> {
  const ask = { book, scope: `posted-list:${of.import}`, key: `returned:${offset.id}`, request: [found.id] };
  const unit = givingBack(offset, parts, 'returned');
  const resolved = {
    update: 'breaks',
    id: found.id,
    version: found.version,
    set: {
      state: 'resolved',
      resolution: 'release',
      resolved_by: actor,
      transaction: { planned: 'transaction' as const },
    },
  };
  const rows = [...unit.rows, resolved];
  return post(deps, ask, {
    actor,
    lane: 'bulk',
    ...unit,
    ...lateOf(deps, { offset, postedOn, closed }),
    rows,
  });
}

async function markSettled({ db, tables: { imports } }: Engine, id: string): Promise<void> {
  const [row] = await db.select().from(imports).where(eq(imports.id, id));
  if (!row || row.summary['settled'] === true) return;
  await db
    .update(imports)
    .set({ summary: { ...row.summary, settled: true }, version: row.version + 1 })
    .where(eq(imports.id, id));
}

async function eachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return results;
}
