/** For the ledger's `verify`: what service records repeat of the transactions that they name. */
import { and, gte, inArray, lte, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Claim, ClaimSource, RowClaims } from '../ledger/index.ts';
import type { Service } from './service.ts';

const SERVICE = { zh: '服务记录', en: 'service record' };

const SETTLED: Readonly<Record<Service['state'], readonly string[]>> = {
  ...{ waiting: [], 'no-points': [], released: ['release'], rejected: ['reject'] },
  voided: ['release', 'reject'],
};

/**
 * Its points are those that wait, and once it is rated those that were given. Hours that earned nothing made a
 * transaction of counters alone, which the record does not name.
 */
function serviceClaims(row: Service): RowClaims {
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
  async between({ reader, tables: { services: t } }: Engine, { from, to }) {
    const within = [t.awardTransaction, t.settledTransaction, t.voidedTransaction].map((column) =>
      and(gte(column, from), lte(column, to)),
    );
    return (
      await reader
        .select()
        .from(t)
        .where(or(...within))
    ).map(serviceClaims);
  },
  async behind({ reader, tables: { services: t } }: Engine, { ids, made }) {
    const meant = or(inArray(t.id, [...ids]), inArray(t.awardTransaction, [...made]));
    return (await reader.select().from(t).where(meant)).map(serviceClaims);
  },
};
