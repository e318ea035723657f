import { formatDate } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';

const kinds: Record<string, () => string> = {
  open: m.audit_kind_open,
  budget: m.audit_kind_budget,
  award: m.audit_kind_award,
  release: m.audit_kind_release,
  reject: m.audit_kind_reject,
  credit: m.audit_kind_credit,
  hold: m.audit_kind_hold,
  capture: m.audit_kind_capture,
  return: m.audit_kind_return,
  spend: m.audit_kind_spend,
  refund: m.audit_kind_refund,
  clawback: m.audit_kind_clawback,
  expire: m.audit_kind_expire,
  pay: m.audit_kind_pay,
  note: m.audit_kind_note,
};

/** What a transaction does, in one word; one that we have no word for (a system posted it) keeps its own. */
export function kindName(kind: string): string {
  return kinds[kind]?.() ?? kind;
}

const roles: Record<string, () => string> = {
  available: m.audit_role_available,
  held: m.audit_role_held,
  expired: m.audit_role_expired,
  pending: m.audit_role_pending,
  debt: m.audit_role_debt,
  outside: m.audit_role_outside,
  unissued: m.audit_role_unissued,
  issued: m.audit_role_issued,
  owed: m.audit_role_owed,
  issuer: m.audit_role_issuer,
  redeemed: m.audit_role_redeemed,
  payable: m.audit_role_payable,
  receivable: m.audit_role_receivable,
};

/** Which account of its owner an entry is on. */
export function accountName(role: string): string {
  return roles[role]?.() ?? role;
}

const rules: Record<string, () => string> = {
  award: m.audit_rule_award,
  purchase: m.audit_rule_purchase,
  offset: m.audit_rule_offset,
};

export function ruleName(kind: string): string {
  return rules[kind]?.() ?? kind;
}

const sources: Record<string, () => string> = {
  api: m.audit_source_api,
  job: m.audit_source_job,
  cli: m.audit_source_cli,
};

/** By which way a transaction came in; one that we have no word for keeps its own. */
export function sourceName(source: string): string {
  return Object.hasOwn(sources, source) ? (sources[source]?.() ?? source) : source;
}

/** Long digits in groups of eight, as one compares them with a note. */
export function grouped(hash: string): string {
  return hash.replace(/(.{8})(?=.)/g, '$1 ');
}

const clock = { timeZone: 'Asia/Shanghai', hour12: false } as const;

/** `2026年6月13日 19:00:05`: what is kept for years is named with its year, and to the second. */
export function exactTime(at: string, locale: string): string {
  return `${formatDate(at, locale)} ${new Date(at).toLocaleTimeString('en-GB', clock)}`;
}

/** `person:…7a57` as people can name it where no name is kept. */
export function actorText(actor: string, name: string | undefined): string {
  const [kind, id = ''] = actor.split(':');
  if (actor === 'system') return m.audit_actor_system();
  if (kind === 'operator') return id === 'cli' ? m.audit_actor_terminal() : m.role_operator();
  const tail = id.slice(-4);
  if (kind === 'person' && name === undefined) return m.audit_actor_nameless({ tail });
  if (kind === 'key') return m.audit_actor_key({ name: name ?? '', tail });
  return kind === 'person' ? m.audit_actor_person({ name: name ?? '', tail }) : actor;
}
