import { m } from '$lib/paraglide/messages.js';
import { formatPoints } from '$lib/format.ts';
import { yuanText } from '$lib/fees/yuan-text.ts';

const fields = {
  opening: m.settle_opening,
  points: m.settle_points,
  accepted: m.settle_accepted,
  reversed: m.settle_reversed,
  paid: m.settle_paid,
  closing: m.settle_owed_end,
} as const;
export type Field = keyof typeof fields;

export function fieldName(field: Field): string {
  return fields[field]();
}

/** Of one side of a difference: points as they are counted, the rest in yuan. */
export function amountText(amount: string | undefined, field: Field | undefined): string {
  if (amount === undefined) return '–';
  return field === 'points' ? formatPoints(amount) : yuanText(amount);
}

export function sideName(side: 'funder' | 'staff'): string {
  return side === 'funder' ? m.settle_side_funder() : m.settle_side_staff();
}

/** Where a fund's month stands, in a word; the shape goes with it. */
export function standing(
  statement: { differences: number; agreed: readonly ('funder' | 'staff')[] } | undefined,
): { kind: 'done' | 'waiting' | 'note'; text: string } {
  if (statement === undefined) return { kind: 'note', text: m.settle_state_none() };
  const [funder, staff] = (['funder', 'staff'] as const).map((side) => statement.agreed.includes(side));
  if (funder && staff) return { kind: 'done', text: m.settle_state_agreed() };
  if (funder) return { kind: 'waiting', text: m.settle_state_waits_staff() };
  if (staff) return { kind: 'waiting', text: m.settle_state_waits_funder() };
  if (statement.differences > 0)
    return { kind: 'waiting', text: m.settle_state_differs({ count: statement.differences }) };
  return { kind: 'waiting', text: m.settle_state_waits() };
}
