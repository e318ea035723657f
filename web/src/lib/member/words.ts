import { m } from '$lib/paraglide/messages.js';
import { formatDate, formatDatesIn } from '$lib/format.ts';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { StatusKind } from '$lib/ui/Status.svelte';

type Words = { zh: string; en: string };

/** What the API says in both languages, in the reader's, letter for letter: what it names of a file is found there so. */
export function asSaid(words: Words): string {
  return getLocale() === 'en' ? words.en : words.zh;
}

/** The same, with its months as people say them. */
export function inLocale(words: Words): string {
  return formatDatesIn(asSaid(words), getLocale());
}

const kinds: Record<string, () => string> = {
  award: m.me_kind_award,
  release: m.me_kind_release,
  reject: m.me_kind_reject,
  credit: m.me_kind_credit,
  hold: m.me_kind_hold,
  capture: m.me_kind_capture,
  return: m.me_kind_return,
  spend: m.me_kind_spend,
  refund: m.me_kind_refund,
  clawback: m.me_kind_clawback,
  expire: m.me_kind_expire,
};

/** A movement as a sentence: what its module says of it, else what kind of movement it is. */
export function sentenceOf({ kind, text }: { kind: string; text?: Words | undefined }): string {
  return text ? inLocale(text) : (kinds[kind] ?? m.me_kind_other)();
}

const states: Record<string, { kind: StatusKind; text: () => string }> = {
  award: { kind: 'waiting', text: m.me_state_award },
  release: { kind: 'done', text: m.me_state_release },
  reject: { kind: 'note', text: m.me_state_reject },
  hold: { kind: 'held', text: m.me_state_hold },
  capture: { kind: 'done', text: m.me_state_capture },
  return: { kind: 'note', text: m.me_state_return },
  refund: { kind: 'note', text: m.me_state_refund },
  clawback: { kind: 'note', text: m.me_state_clawback },
  expire: { kind: 'note', text: m.me_state_expire },
};

/** `settled`: when an award was rated, after which it waits no longer. */
export function stateOf(
  kind: string,
  settled?: { bookedAt: string },
): { kind: StatusKind; text: string } | undefined {
  if (settled) {
    const day = formatDate(settled.bookedAt, getLocale());
    return { kind: 'note', text: m.me_state_awarded({ day }) };
  }
  const state = states[kind];
  return state && { kind: state.kind, text: state.text() };
}

/** `person:…` and `key:…` as the member may know them: themselves, a masked name, or the last digits to name at the desk. */
export function actorName(actor: string, self: string, name?: string): string {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'person' && id === self) return m.me_why_self();
  if (name) return name;
  const tail = id.slice(-4);
  return kind === 'key' ? m.me_why_key({ tail }) : m.me_why_person({ tail });
}

export function durationOf(minutesServed: number): string {
  const hours = Math.floor(minutesServed / 60);
  const minutes = minutesServed % 60;
  if (hours === 0) return m.me_minutes({ minutes });
  return minutes === 0 ? m.me_hours({ hours }) : m.me_hours_minutes({ hours, minutes });
}

const trusts: Record<string, () => string> = {
  scan: m.me_trust_scan,
  'roll-call': m.me_trust_roll_call,
  paper: m.me_trust_paper,
  typed: m.me_trust_typed,
};

/** How the hours are known. */
export function trustName(trust: string): string {
  return trusts[trust]?.() ?? trust;
}

const grades: Record<string, () => string> = {
  'very-satisfied': m.me_grade_very_satisfied,
  satisfied: m.me_grade_satisfied,
  'fairly-satisfied': m.me_grade_fairly_satisfied,
  dissatisfied: m.me_grade_dissatisfied,
  'very-dissatisfied': m.me_grade_very_dissatisfied,
};

export function gradeName(grade: string): string {
  return grades[grade]?.() ?? grade;
}
