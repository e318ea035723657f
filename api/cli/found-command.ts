/** found: a new book from a written plan: places, who pays, on which terms, by which rules. Run again, it goes on. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Engine } from '../db/index.ts';
import { demoOffsetRule, offsetRuleSchema } from '../fees/index.ts';
import { openLedger, post, type Terms } from '../ledger/index.ts';
import { addPlace } from '../places/index.ts';
import { isProblem, type Problem } from '../platform/index.ts';
import {
  addAgreement,
  addFund,
  awardRuleSchema,
  demoPurchaseRule,
  demoServiceRule,
  publishRule,
} from '../programme/index.ts';
import { fail, say, withEngine, type Command } from './command.ts';

const name = z.string().trim().min(1).max(80);
const key = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);
const kinds = ['district', 'street', 'community', 'estate', 'merchant', 'firm', 'clearing'] as const;
const ruleBody = z.union([awardRuleSchema, offsetRuleSchema]);

const Plan = z.strictObject({
  book: z.strictObject({ id: z.int().min(1).max(8_000), code: key, name }),
  /** `under` names a place further up; the first has none and is the root. */
  places: z
    .array(z.strictObject({ key, under: key.optional(), kind: z.enum(kinds), name }))
    .min(1)
    .max(500),
  funds: z
    .array(
      z.strictObject({
        place: key,
        unit: z.string().regex(/^[A-Z][A-Z0-9]{1,11}$/),
        name,
        rateMicro: z.int().min(0).max(100_000_000),
        budgetReturns: z.boolean(),
      }),
    )
    .max(500),
  agreements: z
    .array(
      z.strictObject({
        redeemer: key,
        mode: z.enum(['owed', 'clearing', 'stocked']),
        via: key.optional(),
        factor: z.int().min(1).max(100_000).default(10_000),
      }),
    )
    .max(500),
  rules: z.array(z.strictObject({ place: key, body: ruleBody })).max(50),
});
type Plan = z.infer<typeof Plan>;

const EXAMPLE = {
  book: { id: 1, code: 'jinkang', name: '金康社区积分账簿' },
  places: [
    { key: 'street', kind: 'street', name: '金明池街道' },
    { key: 'community', under: 'street', kind: 'community', name: '金康社区' },
    { key: 'estate', under: 'community', kind: 'estate', name: '和美苑' },
    { key: 'firm', under: 'community', kind: 'firm', name: '和美物业' },
    { key: 'market', under: 'community', kind: 'merchant', name: '和美积分超市' },
    { key: 'clearing', under: 'community', kind: 'clearing', name: '社区结算中心' },
  ],
  funds: [
    { place: 'community', unit: 'VOL', name: '志愿服务经费', rateMicro: 100_000, budgetReturns: true },
    { place: 'market', unit: 'CON', name: '超市消费积分经费', rateMicro: 10_000, budgetReturns: true },
  ],
  agreements: [
    { redeemer: 'firm', mode: 'clearing', via: 'clearing', factor: 10_000 },
    { redeemer: 'market', mode: 'clearing', via: 'clearing', factor: 10_000 },
  ],
  rules: [
    { place: 'community', body: demoServiceRule },
    { place: 'community', body: demoPurchaseRule },
    { place: 'community', body: demoOffsetRule },
  ],
} as const;

async function readPlan(file: string): Promise<Plan> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return fail(`${file} 读不懂，请对照 linli found --example`, `${file} cannot be read: ${String(error)}`);
  }
  const plan = Plan.safeParse(json);
  if (plan.success) return plan.data;
  const [issue] = plan.error.issues;
  const where = issue?.path.join('.') ?? '';
  return fail(`${file} 里的 ${where} 填得不对`, `${file}: ${where}: ${issue?.message ?? ''}`);
}

/** What is there already is left as it is: undefined. */
function madeOr<T extends { id: string }>(made: T | Problem, what: string): T | undefined {
  if (!isProblem(made)) return made;
  return made.code === 'already-exists' ? undefined : fail(`${what}：${made.code}`, `${what}: ${made.code}`);
}

async function found(engine: Engine, plan: Plan): Promise<void> {
  const deps = { engine, ids: uuid, clock: Date.now };
  const { id: book, code } = plan.book;
  const { books: b } = engine.tables;
  const [namesake] = await engine.reader.select({ id: b.id }).from(b).where(eq(b.code, code));
  if (namesake !== undefined && namesake.id !== book)
    return fail(
      `代号 ${code} 已是账簿 ${namesake.id} 的，请换一个`,
      `book ${namesake.id} has the code ${code} already; choose another`,
    );
  const ids = new Map<string, string>();
  const placeOf = (wanted: string): string =>
    ids.get(wanted) ?? fail(`没有归属 ${wanted}`, `there is no place ${wanted}`);
  for (const { key: as, under, kind, name: called } of plan.places) {
    const parent = under === undefined ? '' : placeOf(under);
    const place = await addPlace(deps, { book, parent, kind, name: called });
    if (isProblem(place)) return fail(`${called}：${place.code}`, `${called}: ${place.code}`);
    ids.set(as, place.id);
    say(`${place.id}\t${kind}\t${called}`);
  }
  await openBook(engine, plan, placeOf(plan.places[0]?.key ?? ''));
  for (const { place, ...fund } of plan.funds) {
    const made = madeOr(await addFund(deps, { ...fund, book, place: placeOf(place) }), fund.name);
    if (made) say(`${made.id}\tfund\t${fund.name}`);
  }
  const validFrom = Date.now();
  const { agreements: a, ruleVersions: r } = engine.tables;
  const known = {
    rules: new Set((await engine.reader.select().from(r)).map((row) => `${row.place}/${row.kind}`)),
    agreements: new Set((await engine.reader.select().from(a)).map((row) => row.redeemer)),
  };
  for (const { place, body } of plan.rules) {
    if (known.rules.has(`${placeOf(place)}/${body.kind}`)) continue;
    const rule = {
      place: placeOf(place),
      kind: body.kind,
      body: { ...body },
      validFrom,
      reason: plan.book.name,
    };
    madeOr(await publishRule(deps, { ...rule, actor: 'operator:cli' }), body.kind);
  }
  for (const { redeemer, mode, via, factor } of plan.agreements) {
    if (known.agreements.has(placeOf(redeemer))) continue;
    const terms: Terms =
      mode === 'stocked'
        ? { mode }
        : mode === 'owed'
          ? { mode, factor }
          : { mode, via: placeOf(via ?? ''), factor };
    madeOr(await addAgreement(deps, { redeemer: placeOf(redeemer), fund: '*', terms, validFrom }), redeemer);
  }
}

async function openBook(engine: Engine, plan: Plan, place: string): Promise<void> {
  const ledger = openLedger(engine, { now: Date.now });
  try {
    const { id, code, name: called } = plan.book;
    const ask = { book: id, scope: 'operator', key: 'open', request: ['open', plan.book] };
    const commands = [{ do: 'open' as const, code, name: called }];
    const opened = await post({ journal: ledger.journal, ids: uuid }, ask, {
      actor: 'operator:cli',
      source: 'cli',
      place,
      commands,
    });
    if (isProblem(opened)) fail(`账簿没有开成：${opened.code}`, `the book was not opened: ${opened.code}`);
  } finally {
    await ledger.stop();
  }
}

export const foundCommand: Command = {
  name: 'found',
  summary: {
    zh: '按计划文件开账：归属、出资方、约定、规则',
    en: 'found a book from a plan: places, funds, terms, rules',
  },
  usage: 'linli found --example > plan.json   (then edit it)\n  linli found plan.json',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { example: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values.example) return say(JSON.stringify(EXAMPLE, null, 2));
    const [file] = positionals;
    if (file === undefined) return fail('请写明计划文件', 'name the plan', 2);
    const plan = await readPlan(file);
    await withEngine(
      async (engine) => {
        const migrated = await engine.migrate();
        if (migrated.kind === 'refused') return fail(migrated.zh, migrated.en);
        await found(engine, plan);
        say('已开账。接下来：用 linli user add 开通人员，由两个人申请和批准积分额度');
        return say(
          'Founded. Next: add people with linli user add; two of them ask for and approve the budgets',
        );
      },
      { mayBeOld: true },
    );
  },
};
