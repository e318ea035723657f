/** Breaks as they are listed: of a posted list, or of an estate in one state, in the order that is asked for. */
import { and, asc, desc, eq, isNotNull, isNull, lt, lte, sql, type SQL } from 'drizzle-orm';
import { beyond, contains, type Engine } from '../db/index.ts';
import type { After } from '../platform/index.ts';
import type { Instant } from '../programme/index.ts';
import { ofList } from './open-breaks.ts';
import type { BreakKind } from './reconcile/reconciliation.ts';
import type { BreakRow } from './resolve-break.ts';

/** `most`: the largest difference, too much or too little. */
export const BREAK_SORTS = ['newest', 'oldest', 'most'] as const;
export type BreakSort = (typeof BREAK_SORTS)[number];

/** Where a page of breaks ends, for the next one. */
export function breakKey(sort: BreakSort): (found: Pick<BreakRow, 'id' | 'differenceFen'>) => After {
  return ({ id, differenceFen }) => ({ id, value: sort === 'most' ? Math.abs(differenceFen) : id });
}

/** Breaks that a posted list has, its own and those it had again; the newest first, before the break `before`. */
export async function breaksOfList(
  { reader, tables }: Engine,
  input: { import: string; before?: string; limit: number },
): Promise<BreakRow[]> {
  const { breaks: t } = tables;
  const { import: list, before, limit } = input;
  return reader
    .select()
    .from(t)
    .where(and(ofList({ db: reader, tables }, list), before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** `asked` waits for its second person, resolved ones for taking their write-off back; `carried` was carried on to a later month. */
export const BREAKS_ONLY = ['asked', 'carried'] as const;

/** What is left out is not asked for. */
export type BreakFilter = {
  estate: string;
  state: BreakRow['state'];
  kind?: BreakKind;
  /** An id of a person, or '' for nobody's. */
  owner?: string;
  only?: (typeof BREAKS_ONLY)[number];
  /** Found before this instant. */
  foundBefore?: Instant;
  /** A number, a house, an amount: whatever is said of it. */
  text?: string;
};

/** Breaks of an estate in one state, after the break `before` in the order that is asked for. */
export async function breaksOfEstate(
  engine: Engine,
  input: BreakFilter & { sort?: BreakSort; before?: After; limit: number },
): Promise<BreakRow[]> {
  const {
    reader,
    tables: { breaks: t },
  } = engine;
  const { sort = 'newest', before, limit } = input;
  const size = sql<number>`abs(${t.differenceFen})`;
  const [way, order] = sort === 'oldest' ? (['up', asc] as const) : (['down', desc] as const);
  return reader
    .select()
    .from(t)
    .where(and(...conditionsOf(engine, input), before && isAfter()))
    .orderBy(...(sort === 'most' ? [order(size), order(t.id)] : [order(t.id)]))
    .limit(limit);

  function isAfter(): SQL | undefined {
    if (!before) return undefined;
    if (sort !== 'most') return beyond([t.id], [before.id], way);
    // An index on what is worked out answers the first of these; the second drops what the page before had.
    return and(lte(size, before.value), sql`(${size} < ${before.value} or ${t.id} < ${before.id})`);
  }
}

/** The estate and the state are found by an index; the rest is looked at as it is read. */
function conditionsOf(engine: Engine, filter: BreakFilter): (SQL | undefined)[] {
  const { breaks: t } = engine.tables;
  const { estate, state, kind, owner, only, foundBefore, text } = filter;
  return [
    eq(t.estate, estate),
    eq(t.state, state),
    kind && eq(t.kind, kind),
    owner === undefined ? undefined : owner === '' ? isNull(t.owner) : eq(t.owner, owner),
    only === 'carried' ? isNotNull(t.carriedTo) : undefined,
    // Few wait of many that are resolved: read in the order of the list, and not sorted out of another.
    only === 'asked'
      ? state === 'open'
        ? isNotNull(t.asked)
        : sql`coalesce(${t.reversalAsked}, 0) > 0`
      : undefined,
    foundBefore === undefined ? undefined : lt(t.createdAt, foundBefore),
    text === undefined ? undefined : contains(engine, t.zh, text),
  ];
}
