/** A break as it is shown: what we have on one side, what the firm's list says on the other. */
import { asc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { getHouses, houseView } from '../places/index.ts';
import { formatInstant } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { monthsOfOffset } from './offsets.ts';
import { dayOf, daysBetween, joinMonths, type Instant, type Month } from '../programme/index.ts';
import { newestIssues, type Bill } from './bills.ts';
import { canBeAcceptedAlone } from './breaks/accept-breaks.ts';
import { eventsOf, type BreakEvent } from './breaks/break-events.ts';
import { candidateRows, type KeptRow } from './breaks/candidate-rows.ts';
import { evidenceViews } from './breaks/evidence.ts';
import { monthOfBreak } from './breaks/carry-break.ts';
import { ownersByName } from './breaks/own-break.ts';
import { builtUpon } from './breaks/built-upon.ts';
import { undoFor } from './breaks/undo-break.ts';
import { askedAt, reversalView, writeOffViews } from './breaks/write-off.views.ts';
import { breakView } from './fees.views.ts';
import { carryTo } from './reconcile/carry-to.ts';
import {
  acceptedProposal,
  isSettledByRelease,
  offersFor,
  REVERSAL,
  type Offer,
} from './reconcile/resolutions.ts';
import { isUndo } from './reconcile/undo.ts';
import type { BreakRow } from './resolve-break.ts';

type Looking = {
  /** Who looks, as `actorText` has it. */
  reader: string;
  now: Instant;
  /** The month that is closed next; left out where nothing is to be carried on. */
  closing?: Month | undefined;
};

export async function breakViews(engine: Engine, breaks: readonly BreakRow[], looking: Looking) {
  const { reader, now, closing } = looking;
  const ids = breaks.map(({ id }) => id);
  const ours = await oursOf(engine, idsOf(breaks.map((row) => row.offset)));
  const theirs = await theirsOf(engine, idsOf(breaks.map((row) => row.postedRow)));
  const latest = await latestLists(engine, ids);
  const listOf = await listsOf(
    engine,
    idsOf([...latest.values(), ...breaks.flatMap((row) => [row.import, row.settledImport])]),
  );
  const threads = await threadsOf(engine, breaks);
  const today = dayOf(now);
  const linesOf = (id: string, kind: string) =>
    threads
      .of(id)
      .filter((line) => line.kind === kind && line.breakId === id)
      .toReversed();
  const undos = new Map(
    breaks.map((row) => [row.id, undoFor(row, linesOf(row.id, 'carried'), { by: reader, today })]),
  );
  const built = await builtUpon(
    engine,
    breaks.flatMap((found) => {
      const undo = undos.get(found.id);
      if (undo === undefined || !isUndo(undo)) return [];
      const [line] = linesOf(found.id, undo === 'resolved' ? 'resolved' : 'carried');
      return [{ found, undo, since: line?.id ?? '' }];
    }),
  );
  const candidates = await candidateRows(
    engine,
    breaks.flatMap((found) => {
      const offset = ours.get(found.offset ?? '')?.offset;
      return offset ? [{ found, offset }] : [];
    }),
  );
  const written = await writeOffViews(engine, ids);
  const evidence = await evidenceViews(engine, ids);
  return breaks.map((row) => {
    const left = ours.get(row.offset ?? '');
    const right = theirs.get(row.postedRow ?? '');
    const { kind, proposal, differenceFen, asked, owner } = row;
    const states = { offsetState: left?.shown.state ?? null, rowState: right?.state ?? null };
    const of = { kind, proposal, differenceFen, ...states, isReopened: row.transaction !== null };
    const accepts = canBeAcceptedAlone(row, closing) ? acceptedProposal(of) : undefined;
    const month = monthOfBreak(row, { ours: left?.due, theirs: right?.period });
    const heldUntil = left?.heldUntil;
    // Where no row can be named, none can be accepted.
    const canBeNamed = ({ resolution }: Offer) =>
      proposal !== 'choose' || resolution !== 'accept' || (candidates.get(row.id)?.length ?? 0) > 0;
    const lasts = isSettledByRelease(kind) ? undefined : heldUntil;
    const to = row.state === 'open' && closing ? carryTo({ month, closing, heldUntil: lasts }) : undefined;
    return {
      ...breakView(row),
      month,
      ...(row.state === 'open' ? { offers: offersFor(of).filter(canBeNamed) } : {}),
      ...(row.state === 'open' && accepts !== undefined ? { accepts } : {}),
      ...askedView(asked, reader),
      ...(row.settledImport === null && declinedView(threads.of(row.id), threads.person, reader)),
      age: daysBetween(dayOf(row.createdAt), today),
      ...(owner === null ? {} : { owner: { ...threads.person(owner), mine: `person:${owner}` === reader } }),
      ...(row.carriedTo === null ? {} : { carriedTo: row.carriedTo }),
      ...(to === undefined || to === 'held' ? {} : { canCarryTo: to }),
      ...(row.state === 'open' && heldUntil !== undefined && { heldUntil: formatInstant(heldUntil) }),
      ...(left?.newBill && kind === 'reissued' ? { newBill: left.newBill } : {}),
      undo: built.get(row.id) ?? undos.get(row.id) ?? ('nothing' as const),
      writeOffs: written.of(row.id),
      attachments: evidence(row.id),
      ...reversalView(row, reader),
      firstSeen: listOf(row.import),
      lastSeen: listOf(latest.get(row.id) ?? row.import),
      ...(row.settledImport === null ? {} : { settledBy: listOf(row.settledImport) }),
      ...(left && { ours: left.shown }),
      ...(right && { theirs: right }),
      ...(candidates.has(row.id) && { candidates: candidates.get(row.id)?.map(candidateView) }),
      events: threads.of(row.id).map((line) => ({
        ...{ id: line.id, kind: line.kind, at: formatInstant(line.createdAt), comment: line.comment },
        by: threads.person(line.actor.replace(/^person:/, '')).name,
        subject: line.kind === 'owner' ? threads.person(line.subject).name : line.subject,
      })),
    };
  });
}

/** The threads of breaks, and everybody whom they name. */
async function threadsOf(engine: Engine, breaks: readonly BreakRow[]) {
  const threads = await eventsOf(
    engine,
    breaks.map(({ id }) => id),
  );
  const people = breaks.flatMap(({ id, owner }) => [
    ...(owner === null ? [] : [owner]),
    ...threads.get(id).flatMap(({ kind, actor, subject }) => {
      const by = actor.startsWith('person:') ? [actor.slice('person:'.length)] : [];
      return kind === 'owner' && subject !== '' ? [...by, subject] : by;
    }),
  ]);
  const names = new Map((await ownersByName(engine, people)).map(({ id, name }) => [id, name]));
  return {
    of: (id: string) => threads.get(id),
    person: (id: string) => ({ id, name: names.get(id) ?? '' }),
  };
}

/** Taking a write-off back is asked for by a word of its own (`reversal`). */
function askedView(asked: BreakRow['asked'], reader: string) {
  if (asked === null || asked.resolution === REVERSAL) return {};
  const { resolution, comment, by, at } = asked;
  return { asked: { resolution, comment, mine: by === reader, ...askedAt(at) } };
}

/** A break that follows another begins anew: what was declined was about the one before. */
const DEEDS: readonly BreakEvent['kind'][] = [
  ...(['asked', 'declined', 'resolved', 'reversed', 'undone', 'follows'] as const),
];

/** What a second person said no to, as long as nobody has done anything about it since. */
function declinedView(
  thread: readonly BreakEvent[],
  person: (id: string) => { name: string },
  reader: string,
) {
  const deeds = thread.filter(({ kind }) => DEEDS.includes(kind));
  const last = deeds.at(-1);
  if (last?.kind !== 'declined') return {};
  const asker = deeds.findLast(({ kind, subject }) => kind === 'asked' && subject === last.subject)?.actor;
  return {
    declined: {
      ...{ by: person(last.actor.replace(/^person:/, '')).name, comment: last.comment },
      ...{ resolution: last.subject, at: formatInstant(last.createdAt), mine: asker === reader },
    },
  };
}

/** The latest list that had a break again; ids of imports ascend in time. */
async function latestLists({ reader, tables }: Engine, ids: string[]): Promise<Map<string, string>> {
  const { breaksSeenAgain: t } = tables;
  const rows = await reader.select().from(t).where(inArray(t.breakId, ids)).orderBy(asc(t.import));
  return new Map(rows.map((row) => [row.breakId, row.import]));
}

async function listsOf({ reader, tables: { imports: t } }: Engine, ids: string[]) {
  const rows = await reader.select().from(t).where(inArray(t.id, ids));
  const known = new Map(rows.map((row) => [row.id, row]));
  return (id: string) => {
    const { fileName = '', createdAt = 0 } = known.get(id) ?? {};
    return { import: id, fileName, at: formatInstant(createdAt) };
  };
}

function idsOf(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

async function oursOf(engine: Engine, ids: string[]) {
  const { offsets: t, holds } = engine.tables;
  const found = await engine.reader
    .select({ offset: t, endsAt: holds.endsAt })
    .from(t)
    .leftJoin(holds, eq(holds.id, t.hold))
    .where(inArray(t.id, ids));
  const rows = found.map(({ offset }) => offset);
  const until = new Map(found.map(({ offset: { id }, endsAt }) => [id, endsAt]));
  const houses = await getHouses(
    engine,
    rows.map((row) => row.house),
  );
  const newest = await issuedAnew(
    engine,
    rows.map(({ bill }) => bill),
  );
  return new Map(
    rows.map(({ id, estate, number, house, item, valueFen, state, bill, settledTransaction, ...months }) => {
      const period = monthsOfOffset(months);
      const at = houses.get(house);
      const code = at ? houseView(at).code : '';
      const shown = { number, house: code, item, period, value: formatYuan(valueFen), state };
      const anew = newest.get(bill);
      const newBill = anew && {
        ...{ house: code, period: joinMonths(anew), amount: formatYuan(anew.amountFen) },
        isOpen: anew.state === 'open',
      };
      const heldUntil = settledTransaction === null ? (until.get(id) ?? undefined) : undefined;
      return [
        id,
        {
          shown,
          offset: { id, estate, number, house, valueFen, state },
          due: months.period,
          newBill,
          heldUntil,
        },
      ];
    }),
  );
}

/** Of these bills those that the firm issued anew, each with its newest issue. */
async function issuedAnew(engine: Engine, ids: string[]): Promise<Map<string, Bill>> {
  const { bills: t } = engine.tables;
  const billsOf = (some: string[]) => engine.reader.select().from(t).where(inArray(t.id, some));
  const newest = await newestIssues(engine, await billsOf(ids));
  const anew = new Map((await billsOf([...new Set(newest.values())])).map((bill) => [bill.id, bill]));
  return new Map(
    [...newest].flatMap(([old, id]) => {
      const bill = anew.get(id);
      return bill ? [[old, bill] as const] : [];
    }),
  );
}

async function theirsOf({ reader, tables: { postedRows: t } }: Engine, ids: string[]) {
  const rows = await reader.select().from(t).where(inArray(t.id, ids));
  return new Map(
    rows.map(({ id, rowNumber, offsetNumber, houseText, item, period, amountFen, state, remark }) => {
      const value = formatYuan(amountFen);
      return [id, { rowNumber, number: offsetNumber, house: houseText, item, period, value, state, remark }];
    }),
  );
}

function candidateView({ id, rowNumber, offsetNumber, houseText, item, period, amountFen, ...row }: KeptRow) {
  const { postedOn, remark } = row;
  return {
    ...{ id, rowNumber, number: offsetNumber, house: houseText, item, period, value: formatYuan(amountFen) },
    ...(postedOn !== null && { postedOn }),
    remark,
  };
}
