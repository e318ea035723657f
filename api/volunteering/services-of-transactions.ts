/** Which services transactions settled or voided, with the hours that stand in the record. For who counts a month. */
import { inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { awardRuleSchema, awardService, getRuleVersion, publicHolidays } from '../programme/index.ts';
import type { ServiceAwardRule } from '../programme/index.ts';
import { servedMinutes, type Service } from './service.ts';

export type ServiceCounted = {
  id: string;
  member: string;
  type: string;
  /** Whole minutes; 0 below the share of the activity that the rule asks for. */
  minutes: number;
  points: number;
};
export type ServicesFound = {
  /** By the transaction that settled it: its release or its rejection. */
  settled: Map<number, ServiceCounted>;
  /** Of the units asked for: those that recorded hours which earn nothing. */
  unpaid: Map<string, ServiceCounted>;
  /** By the transaction that voided it; only such as had been settled or recorded without points. */
  voided: Map<number, ServiceCounted>;
};

/** `units` are ids of units that posted nothing but a note: a service that earns nothing is its own unit. */
export async function servicesOfTransactions(
  engine: Engine,
  { transactions, units }: { transactions: readonly number[]; units: readonly string[] },
): Promise<ServicesFound> {
  const { services: t } = engine.tables;
  const ids = [...transactions];
  const rows = (which: ReturnType<typeof inArray>) => engine.reader.select().from(t).where(which);
  const settled = ids.length === 0 ? [] : await rows(inArray(t.settledTransaction, ids));
  const voided = ids.length === 0 ? [] : await rows(inArray(t.voidedTransaction, ids));
  const recorded = units.length === 0 ? [] : await rows(inArray(t.id, [...units]));
  const rules = await rulesOf(engine, [...settled, ...voided, ...recorded]);
  const view = (service: Service): ServiceCounted => {
    const { id, member, type, points } = service;
    return { id, member, type, points, minutes: recordedMinutes(service, rules.get(service.ruleVersion)) };
  };
  const isUnpaid = (service: Service) => service.awardTransaction === null;
  const wasCounted = (service: Service) => service.settledTransaction !== null || isUnpaid(service);
  return {
    settled: new Map(settled.map((service) => [service.settledTransaction ?? 0, view(service)])),
    unpaid: new Map(recorded.filter(isUnpaid).map((service) => [service.id, view(service)])),
    voided: new Map(voided.filter(wasCounted).map((s) => [s.voidedTransaction ?? 0, view(s)])),
  };
}

async function rulesOf(engine: Engine, services: readonly Service[]): Promise<Map<string, ServiceAwardRule>> {
  const found = new Map<string, ServiceAwardRule>();
  for (const citation of new Set(services.map(({ ruleVersion }) => ruleVersion))) {
    const version = await getRuleVersion(engine, citation);
    const rule = version && awardRuleSchema.safeParse(version.body).data;
    if (rule?.kind === 'award') found.set(citation, rule);
  }
  return found;
}

function recordedMinutes(service: Service, rule: ServiceAwardRule | undefined): number {
  const minutes = servedMinutes(service);
  if (!rule) return minutes;
  const { member, startsAt, endsAt, trust } = service;
  const judged = { member, startsAt, endsAt, trust, servedMinutes: minutes };
  return awardService(rule, judged, publicHolidays).recordedMinutes;
}
