/** What staff type about a service, turned into what the API takes. The clock on the wall is Shanghai's. */
import { m } from '$lib/paraglide/messages.js';
import { textOf } from '../form.ts';
import { pick, trusts } from './words.ts';

const names = ['member', 'type', 'day', 'from', 'to', 'nextDay', 'came', 'left', 'trust'] as const;
export type ServiceFields = Record<(typeof names)[number], string>;

export function serviceFieldsOf(form: FormData): ServiceFields {
  const fields = Object.fromEntries(names.map((name) => [name, textOf(form, name)]));
  return fields as ServiceFields;
}

const dayMs = 86_400_000;

function instantOf(day: string, time: string): number {
  return Date.parse(`${day}T${time}:00+08:00`);
}

export type NewService = {
  member: string;
  type: string;
  startsAt: string;
  endsAt: string;
  attendedFrom: string;
  attendedTo: string;
  trust: (typeof trusts)[number];
};

/**
 * The service, or what is wrong beside each field. Coming and leaving, left out, are those of the activity. An end
 * before the beginning is two numbers mixed up, unless it is ticked that the activity went past midnight.
 */
export function parseService(
  fields: ServiceFields,
  now: number,
): { service: NewService } | { errors: Partial<ServiceFields> } {
  const errors: Partial<ServiceFields> = {};
  if (fields.member === '') errors.member = m.community_member_missing();
  if (fields.type === '') errors.type = m.community_type_missing();
  if (!/^\d{4}-\d\d-\d\d$/.test(fields.day) || Number.isNaN(instantOf(fields.day, '00:00'))) {
    errors.day = m.community_day_missing();
  }
  for (const name of ['from', 'to'] as const)
    if (!isTime(fields[name])) errors[name] = m.community_time_missing();
  for (const name of ['came', 'left'] as const) {
    if (fields[name] !== '' && !isTime(fields[name])) errors[name] = m.community_time_missing();
  }
  const trust = pick(trusts, fields.trust);
  if (trust === undefined) errors.trust = m.community_trust_missing();
  if (trust === undefined || Object.keys(errors).length > 0) return { errors };

  const { day, member, type } = fields;
  const startsAt = instantOf(day, fields.from);
  const endsAt = instantOf(day, fields.to) + (fields.nextDay === '' ? 0 : dayMs);
  // Somebody may come before it begins and stay after it ends, on either side of midnight.
  const attendedFrom = fields.came === '' ? startsAt : nearest(startsAt, day, fields.came);
  const attendedTo = fields.left === '' ? endsAt : nearest(endsAt, day, fields.left);
  const last = fields.left === '' ? 'to' : 'left';
  if (startsAt > now) errors.day = m.community_day_future();
  else if (endsAt <= startsAt) errors.to = m.community_ends_before();
  else if (endsAt > startsAt + dayMs) errors.nextDay = m.community_too_long();
  else if (attendedTo <= attendedFrom) errors[last] = m.community_left_before();
  else if (attendedTo > now) errors[last] = m.community_time_future();
  if (Object.keys(errors).length > 0) return { errors };

  const iso = (at: number) => new Date(at).toISOString();
  return {
    service: {
      member,
      type,
      trust,
      startsAt: iso(startsAt),
      endsAt: iso(endsAt),
      attendedFrom: iso(attendedFrom),
      attendedTo: iso(attendedTo),
    },
  };
}

function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** The instant nearest to `at` at which the clock shows `time`. */
function nearest(at: number, day: string, time: string): number {
  const candidates = [-dayMs, 0, dayMs, 2 * dayMs].map((shift) => instantOf(day, time) + shift);
  return candidates.reduce((best, next) => (Math.abs(next - at) < Math.abs(best - at) ? next : best));
}

/** Which of the form's fields the API means. */
export const fieldOfApi: Readonly<Record<string, keyof ServiceFields>> = {
  member: 'member',
  type: 'type',
  startsAt: 'day',
  endsAt: 'to',
  attendedFrom: 'came',
  attendedTo: 'left',
  trust: 'trust',
};
