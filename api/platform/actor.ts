/** Who acts: a person with a session, or a machine with a system key. Both carry only random ids. */
export const roles = [
  'member',
  'clerk',
  'merchant_manager',
  'accountant',
  'finance_lead',
  'staff',
  'leader',
  'auditor',
  'operator',
] as const;
export type Role = (typeof roles)[number];

/** What a system key may do. */
export const scopes = [
  'ledger:read',
  'ledger:write',
  'fees:read',
  'fees:write',
  /** Gives points for purchases. */
  'shop:write',
  /** Takes points from members named by id, without their code: for a partner who has asked them in a way of its own. */
  'shop:spend',
  'reports:read',
] as const;
export type Scope = (typeof scopes)[number];

/** Everywhere: the place of an operator's role or of a key for the whole book. */
export const EVERYWHERE = '';

export interface RoleAt {
  readonly role: Role;
  /** The place whose matters the role covers, with everything inside it; EVERYWHERE for all. */
  readonly place: string;
}

export interface PersonActor {
  readonly kind: 'person';
  /** Who really acts. */
  readonly person: string;
  /** Of somebody who acts for another: where that other is a member, and nothing else. */
  readonly roles: readonly RoleAt[];
  readonly for?: ActingFor;
}

/** Whom a relative acts for (代办), by a consent that stood when the request came. */
export interface ActingFor {
  readonly person: string;
  readonly consent: string;
  readonly may: 'view' | 'spend';
}

export interface KeyActor {
  readonly kind: 'key';
  readonly keyId: string;
  readonly scopes: readonly Scope[];
  readonly book: number;
  readonly place: string;
}

export type Actor = PersonActor | KeyActor;

/** Whose matters a request is about: of whom the person acts for, or their own. */
export function subjectOf(actor: PersonActor): string {
  return actor.for?.person ?? actor.person;
}

/** The ledger's `actor` column: `person:<id>` or `key:<id>`. */
export function actorText(actor: Actor): string {
  return actor.kind === 'person' ? `person:${actor.person}` : `key:${actor.keyId}`;
}

/**
 * The scope in which an Idempotency-Key is unique: the organisation at whose place it acts, not the sign-in (rule 4),
 * so that a colleague's or a second till's repeat is a repeat. Without a place: the person, or the key's book.
 */
export function keyScope(actor: Actor, place?: string): string {
  if (place !== undefined && place !== EVERYWHERE) return `place:${place}`;
  if (actor.kind === 'person') return `person:${actor.person}`;
  return actor.place === EVERYWHERE ? `book:${actor.book}` : `place:${actor.place}`;
}
