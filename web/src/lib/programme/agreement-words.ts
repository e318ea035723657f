import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { yuanText } from '$lib/fees/yuan-text.ts';
import { formatMicro } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import type { StatusKind } from '$lib/ui/Status.svelte';
import { unitName } from '$lib/unit-name.ts';
import { dateOf, spanText } from './rule-words.ts';

type V1 = ReturnType<typeof api>['v1'];
/** An agreement, as the API tells it. */
export type Agreement = InferResponseType<V1['places'][':place']['agreements']['$get'], 200>['items'][number];

export const modes = ['clearing', 'owed', 'stocked'] as const;
export const periods = ['month', 'quarter', 'year'] as const;
export const agreementStates = ['in-force', 'to-come', 'replaced', 'ended'] as const;

const modeNames = {
  clearing: m.terms_mode_clearing,
  owed: m.terms_mode_owed,
  stocked: m.terms_mode_stocked,
} as const satisfies Record<Agreement['mode'], unknown>;

export function modeName(mode: Agreement['mode']): string {
  return modeNames[mode]();
}

const periodNames = {
  month: m.terms_period_month,
  quarter: m.terms_period_quarter,
  year: m.terms_period_year,
} as const satisfies Record<Agreement['period'], unknown>;

export function periodEvery(period: Agreement['period']): string {
  return periodNames[period]();
}

export const overs = ['refuse', 'ask'] as const;

export function overName(over: (typeof overs)[number]): string {
  return over === 'ask' ? m.terms_over_ask() : m.terms_over_refuse();
}

/** How much may be unpaid, and what happens above it; '' without a limit. */
export function exposureText({
  exposure,
  overExposure,
}: Pick<Agreement, 'exposure' | 'overExposure'>): string {
  if (exposure === undefined) return '';
  return m.terms_exposure_text({ yuan: yuanText(exposure), over: overName(overExposure ?? 'refuse') });
}

/** How it is settled: through whom, directly, or not at all. */
export function modeText({ mode, isOwn, viaName }: Agreement): string {
  if (isOwn && mode === 'stocked') return m.terms_mode_own();
  return viaName === undefined ? modeName(mode) : m.terms_mode_via({ name: viaName });
}

export function fundText({ fundName, unit }: Agreement): string {
  if (fundName === undefined) return m.terms_any_fund();
  return unit === undefined ? fundName : m.terms_fund_unit({ fund: fundName, unit: unitName(unit) });
}

/** What the redeemer is paid for a point: of one fund in yuan, of any fund as a part of what the fund says. */
export function rateText({ mode, factor, rateMicro }: Agreement): string {
  if (mode === 'stocked') return m.terms_rate_none();
  if (rateMicro === undefined) return factor === '1' ? m.terms_rate_full() : m.terms_rate_part({ factor });
  const [whole = '0', rest = ''] = factor.split('.');
  const micro = (BigInt(rateMicro) * BigInt(`${whole}${rest.padEnd(4, '0')}`)) / 10_000n;
  return m.programme_rate({ yuan: formatMicro(micro) });
}

/** Where its cap was laid down, if that was with an earlier agreement; '' otherwise. */
export function capFromText({ capFrom }: Agreement): string {
  if (capFrom === undefined) return '';
  const by = m.rules_by_at({ name: capFrom.byName ?? m.rules_nobody(), date: dateOf(capFrom.from) });
  return m.terms_cap_from({
    made: capFrom.basis === undefined ? by : m.terms_made_by({ basis: capFrom.basis, by }),
  });
}

const states: Record<Agreement['state'], { kind: StatusKind; text: () => string }> = {
  'in-force': { kind: 'done', text: m.rules_state_in_force },
  'to-come': { kind: 'waiting', text: m.rules_state_to_come },
  replaced: { kind: 'note', text: m.terms_state_replaced },
  ended: { kind: 'refused', text: m.terms_state_ended },
};

export function agreementState(state: Agreement['state']): { kind: StatusKind; text: string } {
  const { kind, text } = states[state];
  return { kind, text: text() };
}

/** From when until when; one that was called off before it began never held. */
export function agreementSpan({ from, until }: Agreement): string {
  return until !== undefined && until <= from ? m.terms_never() : spanText({ from, until });
}

export function madeText({ madeByName, madeAt, basis }: Agreement): string {
  const by = m.rules_by_at({ name: madeByName ?? m.rules_nobody(), date: dateOf(madeAt) });
  return basis === undefined ? by : m.terms_made_by({ basis, by });
}
