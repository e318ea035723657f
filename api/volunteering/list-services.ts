import { and, asc, desc, eq, inArray, lt, or } from 'drizzle-orm';
import { beyond, type Engine } from '../db/index.ts';
import type { After } from '../platform/index.ts';
import type { Explanation } from '../programme/index.ts';
import type { Service } from './service.ts';

export type ServiceState = Service['state'];

/** As they were recorded, or by the day of the service, the latest day first. */
export const SERVICE_SORTS = ['newest', 'oldest', 'day'] as const;
export type ServiceSort = (typeof SERVICE_SORTS)[number];

/** Where a page of services ends, for the next one. */
export function serviceKey(sort: ServiceSort): (service: Service) => After {
  return ({ id, startsAt }) => ({ id, value: sort === 'day' ? startsAt : id });
}

/** Services of a place in one state, after the service `before` in the order that is asked for. */
export async function servicesOfPlace(
  { reader, tables: { services: t } }: Engine,
  input: { place: string; state: ServiceState; sort?: ServiceSort; before?: After; limit: number },
): Promise<Service[]> {
  const { place, state, sort = 'newest', before, limit } = input;
  const columns = sort === 'day' ? [t.startsAt, t.id] : [t.id];
  const values = before && (sort === 'day' ? [before.value, before.id] : [before.id]);
  const [way, order] = sort === 'oldest' ? (['up', asc] as const) : (['down', desc] as const);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.state, state), values && beyond(columns, values, way)))
    .orderBy(...columns.map((column) => order(column)))
    .limit(limit);
}

/** Services of a member, all or those in one state, newest first, before the service `before`. */
export async function listServices(
  { reader, tables: { services: t } }: Engine,
  input: { member: string; state?: ServiceState | undefined; before?: string; limit: number },
): Promise<Service[]> {
  return reader
    .select()
    .from(t)
    .where(
      and(
        eq(t.member, input.member),
        input.state && eq(t.state, input.state),
        input.before === undefined ? undefined : lt(t.id, input.before),
      ),
    )
    .orderBy(desc(t.id))
    .limit(input.limit);
}

/** What this module knows of transactions: awards, their release or rejection, and their voiding. */
export async function explainService(
  { reader, tables }: Engine,
  transactions: readonly number[],
): Promise<Map<number, Explanation>> {
  const found = new Map<number, Explanation>();
  if (transactions.length === 0) return found;
  const { services: t } = tables;
  const ids = [...transactions];
  const rows = await reader
    .select()
    .from(t)
    .where(
      or(
        inArray(t.awardTransaction, ids),
        inArray(t.settledTransaction, ids),
        inArray(t.voidedTransaction, ids),
      ),
    );
  for (const row of rows) {
    const explanation: Explanation = {
      kind: 'service',
      zh: `志愿服务：${row.type}`,
      en: `Volunteering: ${row.type}`,
      steps: row.steps as unknown as Explanation['steps'],
      maker: row.recordedBy,
      checker: row.ratedBy,
      ruleVersion: row.ruleVersion,
    };
    for (const id of [row.awardTransaction, row.settledTransaction])
      if (id !== null) found.set(id, explanation);
    if (row.voidedTransaction !== null) found.set(row.voidedTransaction, voidingOf(row, explanation));
  }
  return found;
}

function voidingOf(row: Service, { kind, ruleVersion }: Explanation): Explanation {
  return {
    kind,
    zh: `志愿服务作废：${row.type}（${row.voidedReason ?? ''}）`,
    en: `Volunteering voided: ${row.type} (${row.voidedReason ?? ''})`,
    steps: [],
    maker: row.voidedBy ?? row.recordedBy,
    checker: null,
    ruleVersion,
  };
}
