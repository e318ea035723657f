import type { InferRequestType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { plainNumber } from '$lib/yuan.ts';
import { modes, periods } from './agreement-words.ts';

type Agreements = ReturnType<typeof api>['v1']['places'][':place']['agreements'];
type NewAgreement = InferRequestType<Agreements['$post']>['json'];
export type AgreementFields = Record<
  | 'redeemer'
  | 'fund'
  | 'mode'
  | 'via'
  | 'factor'
  | 'from'
  | 'basis'
  | 'monthlyCap'
  | 'period'
  | 'exposure'
  | 'overExposure',
  string
>;

/** The numbers as they are sent and shown again: `１０，０００` is 10000; what is no number stays as it was typed. */
export function plainFields(fields: AgreementFields): AgreementFields {
  const { factor, monthlyCap, exposure } = fields;
  const numbers = { factor: plainNumber(factor), monthlyCap: plainNumber(monthlyCap) };
  return { ...fields, ...numbers, exposure: plainNumber(exposure) };
}

/** The most points of a month, as a plain number. */
export const isCap = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text);

/** The most yuan that may be unpaid, as the API has it. */
const isLimit = (text: string): boolean =>
  /^(?:0|[1-9]\d{0,7})(?:\.\d{1,2})?$/.test(text) && Number(text) > 0;

/** What a shop's cap will be: its own of today stays under terms with all funds, unless those bring a stricter one. */
export function capOnward(
  fields: Pick<AgreementFields, 'fund' | 'monthlyCap'> | undefined,
  own: string | undefined,
): { points: string; isKept: boolean } {
  const said = fields?.monthlyCap ?? '';
  const isKept = fields?.fund === '*' && own !== undefined && (said === '' || Number(own) < Number(said));
  return { points: isKept ? own : said, isKept };
}

/** An agreement out of what was typed, or what is wrong beside each field. */
export function readAgreement(
  fields: AgreementFields,
): { json: NewAgreement } | { errors: Record<string, string> } {
  const { redeemer, fund, via, from, basis } = fields;
  const mode = modes.find((known) => known === fields.mode) ?? 'clearing';
  const factor = mode === 'stocked' ? '1' : plainNumber(fields.factor);
  const cap = plainNumber(fields.monthlyCap);
  const period = periods.find((known) => known === fields.period) ?? 'month';
  const overExposure = fields.overExposure === 'ask' ? ('ask' as const) : ('refuse' as const);
  // Where nothing is owed, nothing is settled and nothing is left unpaid.
  const exposure = mode === 'stocked' ? '' : plainNumber(fields.exposure);
  const errors = {
    ...(/^(?:10|\d)(?:\.\d{1,4})?$/.test(factor) && Number(factor) > 0
      ? {}
      : { factor: m.terms_wrong_factor() }),
    ...(cap === '' || isCap(cap) ? {} : { monthlyCap: m.terms_wrong_cap() }),
    ...(exposure === '' || isLimit(exposure) ? {} : { exposure: m.terms_wrong_exposure() }),
    ...(mode === 'clearing' && via === '' ? { via: m.terms_wrong_via() } : {}),
    ...(/^\d{4}-\d\d-\d\d$/.test(from) ? {} : { from: m.rules_from_missing() }),
    ...(basis === '' || basis.length > 120 ? { basis: m.rules_basis_missing() } : {}),
  };
  if (Object.keys(errors).length > 0) return { errors };
  return {
    json: {
      ...{ redeemer, fund, mode, factor, from, basis },
      ...(mode === 'clearing' && { via }),
      ...(cap !== '' && { monthlyCap: cap }),
      ...(mode !== 'stocked' && { period }),
      ...(exposure !== '' && { exposure, overExposure }),
    },
  };
}
