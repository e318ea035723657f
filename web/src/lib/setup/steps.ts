import { m } from '$lib/paraglide/messages.js';
import { roleName } from '$lib/role-name.ts';
import type { Role } from '$lib/session.ts';

export type Step =
  | 'estate'
  | 'firm'
  | 'merchant'
  | 'people'
  | 'roster'
  | 'programme'
  | 'terms'
  | 'budget'
  | 'award';

/** What each step of the set-up is called, and what it is for. */
export const stepWords: Record<Step, { title: () => string; lead: () => string }> = {
  estate: { title: m.setup_step_estate, lead: m.setup_step_estate_words },
  firm: { title: m.setup_step_firm, lead: m.setup_step_firm_words },
  merchant: { title: m.setup_step_merchant, lead: m.setup_step_merchant_words },
  people: { title: m.setup_step_people, lead: m.setup_step_people_full },
  roster: { title: m.setup_step_roster, lead: m.setup_step_roster_words },
  programme: { title: m.setup_step_programme, lead: m.setup_step_programme_words },
  terms: { title: m.setup_step_terms, lead: m.setup_step_terms_words },
  budget: { title: m.setup_step_budget, lead: m.setup_step_budget_words },
  award: { title: m.setup_step_award, lead: m.setup_step_award_words },
};

export type Missing = {
  what: 'firm' | 'post' | 'roster' | 'rule' | 'terms' | 'fund' | 'budget';
  place?: { id: string; name: string } | undefined;
  role?: Role | undefined;
  rule?: 'award' | 'purchase' | 'offset' | undefined;
};

const rules = {
  award: m.rules_kind_award,
  purchase: m.rules_kind_purchase,
  offset: m.rules_kind_offset,
} as const;
const givers = {
  award: m.setup_missing_fund_award,
  purchase: m.setup_missing_fund_purchase,
  offset: m.rules_kind_offset,
} as const;

/** One thing that a step lacks, in words. */
export function missingWords({ what, place, role, rule }: Missing): string {
  if (what === 'post' && role !== undefined) {
    if (role === 'staff') return m.setup_missing_staff({ role: roleName(role) });
    if (role === 'finance_lead' && place) return m.setup_missing_signer({ place: place.name });
    return place ? m.setup_missing_post({ role: roleName(role), place: place.name }) : roleName(role);
  }
  if (what === 'rule' && rule) return rules[rule]();
  if (what === 'fund' && rule) return givers[rule]();
  if (what === 'budget') return m.setup_missing_budget({ fund: place?.name ?? '' });
  return place?.name ?? '';
}

/** What the whole list of a step is about: whose roster, whose terms … */
export const missingLeads: Record<Step, ((inputs: { list: string }) => string) | undefined> = {
  estate: undefined,
  firm: m.setup_missing_firm,
  merchant: undefined,
  people: m.setup_missing,
  roster: m.setup_missing_roster,
  programme: m.setup_missing,
  terms: m.setup_missing_terms,
  budget: m.setup_missing,
  award: undefined,
};
