/**
 * 选定一行: of several rows that may post an offset a person names the one that does. Where nothing differs the points are
 * handed over for it; where something does, the difference is that of this row from now on. Rows under the same number that
 * were not chosen are posted too much, each a difference of its own at once.
 */
import type { Engine } from '../../db/index.ts';
import type { RowChange, UnitBody } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../../platform/index.ts';
import { feeItem } from '../files/fee-item.ts';
import { monthsOfPlace } from '../months-of-place.ts';
import { partsOfOffset } from '../offset-parts.ts';
import type { Offset } from '../offsets.ts';
import { ourOffsets } from '../our-offsets.ts';
import { duplicate, pairBreak } from '../reconcile/breaks.ts';
import type { Break, OurOffset, PostedRow } from '../reconcile/reconciliation.ts';
import type { BreakRow } from '../resolve-break.ts';
import { originalInstant } from '../rules/original-day.ts';
import { handingOver } from '../settle-posted-list.ts';
import { askingForRows, breaksAboutRows } from './about-rows.ts';
import { eventRow } from './break-events.ts';
import { asksForRow, candidateRows, type KeptRow } from './candidate-rows.ts';

type Choosing = {
  found: BreakRow;
  offset: Offset;
  /** The id of the row. */
  row: string | undefined;
  comment: string;
  actor: Actor;
};

export async function choosing(
  deps: ProductDeps,
  { found, offset, row: wanted, comment, actor }: Choosing,
): Promise<Omit<UnitBody, 'place'> | Problem> {
  const { engine } = deps;
  const candidates = (await candidateRows(engine, [{ found, offset }])).get(found.id) ?? [];
  const chosen = candidates.find(({ id }) => id === wanted);
  if (!chosen) return notNamed;
  const [ours] = await ourOffsets(engine, [{ offset, exportedAt: null }]);
  if (!ours) return problem('not-found');
  const wrong = pairBreak({ offset: ours, row: asRow(chosen), by: 'number' });
  const others = candidates.filter(
    ({ id, offsetNumber }) => id !== chosen.id && offsetNumber === offset.number,
  );
  const { breakOfRow, ofOthers } = await leftOver(deps, { found, ours, others, chosen });
  const change = { update: 'breaks', id: found.id, version: found.version };
  const said = { breakId: found.id, actor: actorText(actor), comment };
  if (wrong)
    return {
      commands: [],
      rows: [
        { ...change, set: { ...cellsOf(wrong), posted_row: chosen.id, asked: null } },
        eventRow(deps, { ...said, kind: 'chosen', subject: String(chosen.rowNumber) }),
        // What was open about the row by itself is told by this one.
        ...breakOfRow.map(({ id, version }) => ({ update: 'breaks', id, version, set: toldBy(found) })),
        ...ofOthers,
      ],
    };
  const now = deps.clock();
  const moves = handingOver(offset, await partsOfOffset(engine, offset.id));
  const done = {
    ...{ state: 'resolved', resolution: 'accept', comment, resolved_by: said.actor, resolved_at: now },
    transaction: { planned: 'transaction' as const },
  };
  const { closed } = await monthsOfPlace(engine, found.estate);
  const original = originalInstant(chosen.postedOn, { now, notBefore: offset.createdAt, closed });
  return {
    ...(original === undefined ? {} : { originalEffectiveAt: original }),
    ...moves,
    rows: [
      ...moves.rows,
      { ...change, set: { ...done, posted_row: chosen.id, difference_fen: 0 } },
      eventRow(deps, { ...said, kind: 'resolved', subject: 'accept' }),
      // What was open about the row by itself is this very offset.
      ...breakOfRow.map(({ id, version }) => ({ update: 'breaks', id, version, set: done })),
      ...(await noLongerTied(engine, { found, offset, rows: candidates.filter((row) => row !== chosen) })),
      ...ofOthers,
    ],
  };
}

/** Rows of the number that were not chosen, and what was open about the chosen one as nobody's. */
async function leftOver(
  { engine, ids, clock }: ProductDeps,
  of: { found: BreakRow; ours: OurOffset; others: readonly KeptRow[]; chosen: KeptRow },
) {
  const { found, ours, others, chosen } = of;
  const about = await breaksAboutRows(engine, found.import, [chosen.id, ...others.map(({ id }) => id)]);
  const open = about.filter(({ id }) => id !== found.id);
  const ofOthers = others
    .filter((row) => !open.some(({ postedRow }) => postedRow === row.id))
    .map((row): RowChange => ({
      insert: 'breaks',
      values: {
        ...{ id: ids(), estate: found.estate, import: found.import },
        ...{ offset: ours.id, posted_row: row.id, state: 'open', created_at: clock() },
        ...cellsOf(duplicate(ours, asRow(row))),
      },
    }));
  const ofNobody = ({ offset, postedRow }: BreakRow) => offset === null && postedRow === chosen.id;
  return { ofOthers, breakOfRow: open.filter(ofNobody) };
}

function toldBy({ import: list }: BreakRow) {
  return { state: 'resolved', resolution: 'replaced', resolved_by: 'system', settled_import: list };
}

/** Rows that could have been this offset's alone: what is open about them asks for no choice any more. */
async function noLongerTied(
  engine: Engine,
  { found, offset, rows }: { found: BreakRow; offset: Offset; rows: readonly KeptRow[] },
): Promise<RowChange[]> {
  const loose = rows.filter(({ offsetNumber }) => offsetNumber !== offset.number).map(({ id }) => id);
  const about = (await breaksAboutRows(engine, found.import, loose)).filter(asksForRow);
  if (about.length === 0) return [];
  const others = (await askingForRows(engine, found.import)).filter(({ found: { id } }) => id !== found.id);
  const wanted = [...(await candidateRows(engine, others)).values()].flat();
  const may = new Set(wanted.map(({ id }) => id));
  return about
    .filter(({ postedRow }) => !may.has(postedRow ?? ''))
    .map(({ id, version }) => ({ update: 'breaks', id, version, set: { proposal: 'firm-corrects' } }));
}

function cellsOf({ kind, differenceFen, proposal, zh, en }: Break) {
  return { kind, difference_fen: differenceFen, proposal, zh, en };
}

function asRow({ item, ...row }: KeptRow): PostedRow {
  return { ...row, item: feeItem(item) };
}

const notNamed = problem('invalid-input', {
  fields: [
    { field: 'row', zh: '请选清单里入账这张单的那一行', en: 'Choose the row of the list that posts it' },
  ],
});
