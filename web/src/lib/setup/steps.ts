import { m } from '$lib/paraglide/messages.js';

export type Step = 'estate' | 'firm' | 'merchant' | 'people' | 'roster' | 'programme' | 'budget' | 'award';

/** What each step of the set-up is called, and what it is for. */
export const stepWords: Record<Step, { title: () => string; lead: () => string }> = {
  estate: { title: m.setup_step_estate, lead: m.setup_step_estate_words },
  firm: { title: m.setup_step_firm, lead: m.setup_step_firm_words },
  merchant: { title: m.setup_step_merchant, lead: m.setup_step_merchant_words },
  people: { title: m.setup_step_people, lead: m.setup_step_people_full },
  roster: { title: m.setup_step_roster, lead: m.setup_step_roster_words },
  programme: { title: m.setup_step_programme, lead: m.setup_step_programme_words },
  budget: { title: m.setup_step_budget, lead: m.setup_step_budget_words },
  award: { title: m.setup_step_award, lead: m.setup_step_award_words },
};
