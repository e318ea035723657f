import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { formatDate } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { StatusKind } from '$lib/ui/Status.svelte';
import type { RuleKind } from './rule-form.ts';

type V1 = ReturnType<typeof api>['v1'];
/** A version of a rule, as the API tells it. */
export type Version = InferResponseType<V1['rule-versions'][':ruleVersion']['$get'], 200>;
export type Difference = InferResponseType<
  V1['rule-versions'][':ruleVersion']['differences']['$get'],
  200
>['differences'][number];
export type Line = Version['lines'][number];

const kinds: Record<RuleKind, () => string> = {
  award: m.rules_kind_award,
  purchase: m.rules_kind_purchase,
  offset: m.rules_kind_offset,
};
export const ruleKinds = Object.keys(kinds) as RuleKind[];

export function ruleKindName(kind: RuleKind): string {
  return kinds[kind]();
}

const states: Record<Version['state'], { kind: StatusKind; text: () => string }> = {
  'in-force': { kind: 'done', text: m.rules_state_in_force },
  'to-come': { kind: 'waiting', text: m.rules_state_to_come },
  earlier: { kind: 'note', text: m.rules_state_earlier },
  withdrawn: { kind: 'refused', text: m.rules_state_withdrawn },
};

export function ruleState(state: Version['state']): { kind: StatusKind; text: string } {
  const { kind, text } = states[state];
  return { kind, text: text() };
}

export const dateOf = (at: string): string => formatDate(at, getLocale());

/** The day as the API takes one. */
function dayBefore(at: string): string {
  return dateOf(new Date(Date.parse(at) - 1).toISOString());
}

/** From when until when; the last day itself still counts. */
export function spanText({ from, until }: { from: string; until?: string | undefined }): string {
  return until === undefined
    ? m.rules_since_from({ from: dateOf(from) })
    : m.rules_since_until({ from: dateOf(from), until: dayBefore(until) });
}

export function publisherText({ publishedByName, publishedAt }: Version): string {
  return m.rules_by_at({ name: publishedByName ?? m.rules_nobody(), date: dateOf(publishedAt) });
}
