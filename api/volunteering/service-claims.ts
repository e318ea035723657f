/** For the ledger's `verify`: what service records repeat of the transactions that they name. */
import { and, asc, gt, gte, inArray, isNotNull, isNull, lte, notInArray, or } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { namesOfNoBook, type Claim, type ClaimSource, type RowClaims } from '../ledger/index.ts';
import { isOfBook } from '../places/index.ts';
import type { Service } from './service.ts';

const SERVICE = { zh: '服务记录', en: 'service record' };

const SETTLED: Readonly<Record<Service['state'], readonly string[]>> = {
  ...{ waiting: [], 'no-points': [], released: ['release'], rejected: ['reject'] },
  voided: ['release', 'reject'],
};

/** Hours that earned nothing, also those that were voided later: their transaction goes by the record's id. */
const UNNUMBERED: readonly Service['state'][] = ['no-points', 'voided'];

/** What is compared, and nothing else: a cell that cannot be read ends no verification. */
const claimed = (t: Tables['services']) => ({
  ...{
    id: t.id,
    place: t.place,
    member: t.member,
    points: t.points,
    ruleVersion: t.ruleVersion,
    state: t.state,
  },
  awardTransaction: t.awardTransaction,
  settledTransaction: t.settledTransaction,
  voidedTransaction: t.voidedTransaction,
});

type Claimed = Pick<Service, keyof ReturnType<typeof claimed>>;

/**
 * Its points are those that wait, and once it is rated those that were given. Hours that earned nothing made a
 * transaction of counters alone, which the record does not name.
 */
function serviceClaims(row: Claimed): RowClaims {
  const { id, place, member, points, ruleVersion, awardTransaction, settledTransaction, state } = row;
  const isEarning = state === 'voided' ? awardTransaction !== null : state !== 'no-points';
  const isWaiting = settledTransaction === null && state !== 'released' && state !== 'rejected';
  const later: Claim[] = [];
  if (settledTransaction !== null || state === 'released' || state === 'rejected') {
    later.push({
      ...{ transaction: settledTransaction, kinds: SETTLED[state], gives: points },
      reverses: awardTransaction,
    });
  }
  if (row.voidedTransaction !== null || state === 'voided') {
    later.push({
      transaction: row.voidedTransaction,
      kinds: state === 'voided' ? ['reject', 'clawback', 'note'] : [],
      moves: points,
      ...(points > 0 && { reverses: settledTransaction ?? awardTransaction }),
    });
  }
  return {
    ...{ what: SERVICE, id, place, member, later },
    made: {
      ...{ transaction: awardTransaction, kinds: [isEarning ? 'award' : 'note'], ruleVersion },
      isUnnumbered: !isEarning,
      ...(isWaiting && { moves: points }),
    },
  };
}

export const servicesAsClaimed: ClaimSource = {
  kinds: ['award', 'note', 'release', 'reject', 'clawback'],
  async between({ reader, tables: { services: t } }: Engine, { from, to, limit }) {
    const within = [t.awardTransaction, t.settledTransaction, t.voidedTransaction].map((column) =>
      and(gte(column, from), lte(column, to)),
    );
    return (
      await reader
        .select(claimed(t))
        .from(t)
        .where(or(...within))
        .limit(limit)
    ).map(serviceClaims);
  },
  async behind({ reader, tables: { services: t } }: Engine, { ids, made }) {
    // What was released is taken back from the release.
    const meant = or(
      inArray(t.id, [...ids]),
      inArray(t.awardTransaction, [...made]),
      inArray(t.settledTransaction, [...made]),
    );
    return (await reader.select(claimed(t)).from(t).where(meant)).map(serviceClaims);
  },
  async unmade(engine, { book, books, limit }) {
    const { services: t } = engine.tables;
    const isNumbered = or(isNotNull(t.awardTransaction), notInArray(t.state, [...UNNUMBERED]));
    const rows = await engine.reader
      .select(claimed(t))
      .from(t)
      .where(and(namesOfNoBook(t.awardTransaction, books), isNumbered, isOfBook(engine, t.place, book)))
      .limit(limit);
    return rows.map(serviceClaims);
  },
  async unnumbered(engine, { book, after, limit }) {
    const { services: t } = engine.tables;
    const isBare = and(isNull(t.awardTransaction), inArray(t.state, [...UNNUMBERED]));
    const rows = await engine.reader
      .select(claimed(t))
      .from(t)
      .where(and(isBare, gt(t.id, after), isOfBook(engine, t.place, book)))
      .orderBy(asc(t.id))
      .limit(limit);
    return rows.map(serviceClaims);
  },
};
