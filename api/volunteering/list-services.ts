import { and, desc, eq, inArray, lt, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Explanation } from '../programme/index.ts';
import type { Service } from './service.ts';

export type ServiceState = Service['state'];

/** Services of a place in one state, or of a member, newest first, before the service `before`. */
export async function listServices(
  { reader, tables }: Engine,
  input: ({ place: string; state: ServiceState } | { member: string }) & { before?: string; limit: number },
): Promise<Service[]> {
  const { services: t } = tables;
  const whose =
    'place' in input ? and(eq(t.place, input.place), eq(t.state, input.state)) : eq(t.member, input.member);
  return reader
    .select()
    .from(t)
    .where(and(whose, input.before === undefined ? undefined : lt(t.id, input.before)))
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
