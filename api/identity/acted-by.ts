/** What is kept and shown of a deed that somebody did for another (代办). */
import type { Engine } from '../db/index.ts';
import { actorText, maskName, z } from '../platform/index.ts';
import type { Actor } from '../platform/index.ts';
import { findPerson } from './people.ts';

/** How staff knew who stood before them. */
export const IDENTIFIED = ['id-card', 'known', 'household-book'] as const;
export type Identified = (typeof IDENTIFIED)[number];

/** What staff vouch for when they do something at the desk for a resident. */
export const PresentShape = {
  present: z.literal(true).openapi({ description: '居民本人在场 · The resident is there in person' }),
  identified: z.enum(IDENTIFIED).openapi({
    description: '怎样核对的本人：身份证、认识、户口簿 · By identity card, known to staff, household book',
  }),
};

/** A relative by a consent, or staff for whoever stood before them. */
export type ActedBy =
  | { readonly by: string; readonly consent: string; readonly payer?: string }
  | { readonly by: string; readonly identified: Identified; readonly payer?: string }
  /** One of the family whose points are in it too: `payer`, by themselves or as the two above. */
  | { readonly by: string; readonly payer: string };

/** Null where they did it themselves. */
export function actedByOf(actor: Actor): ActedBy | null {
  return actor.kind === 'person' && actor.for ? { by: actorText(actor), consent: actor.for.consent } : null;
}

export const ActedBySchema = z
  .object({
    as: z.enum(['relative', 'staff']),
    name: z.string().optional().openapi({ example: '李*', description: 'Masked.' }),
  })
  .openapi('ActedBy', {
    description:
      '由家人（relative）或社区工作人员（staff）代办 · Done for the resident by a relative or by staff',
  });

/** As people read it. */
export function asOf(acted: ActedBy): 'relative' | 'staff' {
  return 'identified' in acted ? 'staff' : 'relative';
}

export async function actedByView(engine: Engine, acted: ActedBy) {
  const name = maskName((await findPerson(engine, acted.by.replace(/^person:/, '')))?.name ?? '');
  return {
    as: asOf(acted),
    ...(name !== '' && { name }),
  };
}
