/** The demo programme of the documentation: who pays, under which rules, on which terms. */
import { demoOffsetRule } from '../fees/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  addAgreement,
  addFund,
  approveBudget,
  demoPurchaseRule,
  demoServiceRule,
  publishRule,
  requestBudget,
  type Fund,
} from '../programme/index.ts';
import { actorText, keyScope } from '../platform/index.ts';
import type { Crew } from './crew.ts';
import { must } from './must.ts';
import { BOOK, type DemoPlaces } from './places.ts';

const VOLUNTEER_POINT_MICRO = 100_000;
const CONSUMER_POINT_MICRO = 10_000;
/** ¥5,000 of volunteer points, and ¥1,500 of consumer points a shop. */
const VOLUNTEER_BUDGET = 50_000;
const CONSUMER_BUDGET = 150_000;
const FULL_FACTOR = 10_000;
const BASIS = '金康社区〔演示〕第 1 号会议纪要';

export async function setUpProgramme(deps: ProductDeps, places: DemoPlaces, crew: Crew): Promise<void> {
  const { community, shops, firm, clearing } = places;
  const validFrom = deps.clock();
  const reason = '和美苑演示方案';
  const actor = crew.actors.staff;
  for (const rule of [demoServiceRule, demoPurchaseRule, demoOffsetRule]) {
    const body = { ...rule };
    const said = { reason, basis: BASIS, actor };
    must(await publishRule(deps, { place: community.id, kind: rule.kind, body, validFrom, ...said }));
  }
  const terms = { mode: 'clearing' as const, via: clearing.id, factor: FULL_FACTOR };
  for (const { id } of [firm, ...shops]) {
    const said = { madeBy: actorText(actor), basis: BASIS };
    must(await addAgreement(deps, { redeemer: id, fund: '*', terms, validFrom, ...said }));
  }
  const volunteer = { place: community.id, name: '金康社区志愿服务经费', unit: 'VOL' };
  await fundWith(deps, crew, { ...volunteer, rateMicro: VOLUNTEER_POINT_MICRO, amount: VOLUNTEER_BUDGET });
  for (const { id: place, name } of shops) {
    const consumer = { place, name: `${name}消费积分经费`, unit: 'CON' };
    await fundWith(deps, crew, { ...consumer, rateMicro: CONSUMER_POINT_MICRO, amount: CONSUMER_BUDGET });
  }
}

type NewFund = Pick<Fund, 'place' | 'name' | 'unit' | 'rateMicro'> & { amount: number };

async function fundWith(deps: ProductDeps, { actors }: Crew, input: NewFund): Promise<void> {
  const { amount, ...fund } = input;
  const { id } = must(await addFund(deps, { ...fund, book: BOOK, budgetReturns: true }));
  const asked = { fund: id, amount, basis: BASIS, actor: actors.staff };
  const budget = must(await requestBudget(deps, asked)).id;
  const actor = actors.rater;
  must(
    await approveBudget(deps, {
      budget,
      actor,
      key: `approve-${budget}`,
      scope: keyScope(actor, fund.place),
    }),
  );
}
