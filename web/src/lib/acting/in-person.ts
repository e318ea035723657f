import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { identifieds, type Identified } from './words.ts';

/** What staff said about the resident before them, kept for the form's next showing. */
export type InPerson = {
  present: boolean;
  identified: Identified | '';
  faults: { present?: string; identified?: string };
};

/** Nothing is done for a resident who is not there, or whom nobody has made sure of. */
export function inPersonOf(form: FormData): InPerson {
  const present = textOf(form, 'present') === 'yes';
  const how = textOf(form, 'identified');
  const identified = identifieds.find((each) => each === how) ?? '';
  return {
    ...{ present, identified },
    faults: {
      ...(present ? {} : { present: m.acting_present_needed() }),
      ...(identified === '' ? { identified: m.acting_identified_needed() } : {}),
    },
  };
}

/** What the API is told, once nothing is missing. */
export function vouchedFor({ present, identified }: InPerson) {
  return present && identified !== '' ? { present, identified } : undefined;
}
