import type { Relation } from '$lib/places/relation-name.ts';
import type { OffsetState } from './offset-state.ts';

type ActedBy = { as: 'relative' | 'staff'; name?: string | undefined };

/** An offset as its sheet shows it; amounts are yuan, as the API writes them. */
export type OffsetVoucher = {
  number: string;
  state: OffsetState;
  holdEnded?: boolean | undefined;
  house: { name: string };
  member: { name: string };
  item: string;
  period: string;
  value: string;
  uppercase: string;
  at: string;
  correctedFrom?: string | undefined;
  steps: { zh: string; en: string; value: string }[];
  taken: {
    unit: string;
    points: string;
    /** Whose, where a household paid together. */
    of?: string | undefined;
    relation?: Relation | undefined;
    own?: true | undefined;
    /** Not told of another member. */
    fund?: { name: string } | undefined;
    lastDay?: string | undefined;
  }[];
  parts?:
    | {
        member: { id: string; name: string };
        relation?: Relation | undefined;
        own?: true | undefined;
        value: string;
      }[]
    | undefined;
  actedBy?: ActedBy | undefined;
  cancelledBy?: ActedBy | undefined;
  settlement?: { concession: string } | undefined;
};
