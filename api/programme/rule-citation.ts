/**
 * A transaction cites the rule that it was decided by as `id:sha256`. The hash is over the canonical bytes (RFC 8785) of
 * what the rule says: its body, its kind, for which place and from when. The ledger's own hash covers the citation, so
 * whoever changes a published rule behind the program's back is found by what was booked by it.
 */
import { inArray } from 'drizzle-orm';
import { hashCanonicalJson, type CheckCited } from '../ledger/index.ts';
import type { Engine } from '../db/index.ts';
import type { RuleInForce, RuleKind } from './find-rule.ts';

export type RuleCitation = { id: string; hash?: string };

export function hashOfRule({ body, kind, place, validFrom }: Omit<RuleInForce, 'id'>): string {
  return hashCanonicalJson({ body, kind, place, validFrom });
}

export function citeRule(rule: RuleInForce): string {
  return `${rule.id}:${hashOfRule(rule)}`;
}

/** Transactions of before rules were cited by content have the id alone. */
export function parseCitation(citation: string): RuleCitation {
  const [, id, hash] = /^(.+):([0-9a-f]{64})$/.exec(citation) ?? [];
  return id === undefined || hash === undefined ? { id: citation } : { id, hash };
}

const KINDS: Readonly<Record<RuleKind, { zh: string; en: string }>> = {
  award: { zh: '志愿服务奖励规则', en: 'rule of awards for services' },
  purchase: { zh: '消费积分规则', en: 'rule of points for purchases' },
  offset: { zh: '抵扣物业费规则', en: 'rule of offsets of fees' },
};

/** The rule of a citation, when what is stored is no longer what was cited. */
function findingOf({ id }: RuleCitation, rule: RuleInForce | undefined): { zh: string; en: string } {
  if (!rule) return { zh: `所依据的规则 ${id} 已不在库里`, en: `the rule it was decided by, ${id}, is gone` };
  const { zh, en } = KINDS[rule.kind];
  return {
    zh: `所依据的${zh} ${id} 与记账时不同，事后被改动过`,
    en: `the ${en} ${id} no longer reads as it did when this was booked: it was changed afterwards`,
  };
}

/** For the ledger's `verify`: each rule that was cited by content, against what is stored now; the first cited first. */
export const checkCitedRules: CheckCited = async (engine, cited) => {
  const rules = { checked: 0, byIdOnly: 0 };
  const byContent: (RuleCitation & { first: number })[] = [];
  for (const [text, { first, count }] of cited) {
    const citation = parseCitation(text);
    if (citation.hash === undefined) rules.byIdOnly += count;
    else byContent.push({ ...citation, first });
  }
  rules.checked = byContent.length;
  const stored = await rulesById(engine, [...new Set(byContent.map(({ id }) => id))]);
  const findings = byContent.flatMap(({ first, ...citation }) => {
    const rule = stored.get(citation.id);
    if (rule && hashOfRule(rule) === citation.hash) return [];
    return [{ transaction: first, ...findingOf(citation, rule) }];
  });
  return { rules, findings: findings.sort((a, b) => a.transaction - b.transaction) };
};

const PIECE = 500;

async function rulesById(
  { reader, tables: { ruleVersions: t } }: Engine,
  ids: readonly string[],
): Promise<Map<string, RuleInForce>> {
  const found = new Map<string, RuleInForce>();
  for (let at = 0; at < ids.length; at += PIECE) {
    const rows = await reader
      .select({ id: t.id, place: t.place, kind: t.kind, body: t.body, validFrom: t.validFrom })
      .from(t)
      .where(inArray(t.id, ids.slice(at, at + PIECE)));
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}
