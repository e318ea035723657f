/** What the API asks before it writes somebody down, under the codes by which a form answers. */
import { textOf } from '$lib/form.ts';

const codes = ['new-houses', 'shared-phones', 'namesake'] as const;
type Code = (typeof codes)[number];
export type Asked = { code: Code; words: string; isAnswered: boolean };

/** Questions that were answered with yes, as long as they were about the same. */
export function answeredIn(form: FormData, about: string): Asked[] {
  return codes.flatMap((code): Asked[] => {
    const isAnswered = form.get(code) === 'yes' && textOf(form, 'about') === about;
    return isAnswered ? [{ code, words: textOf(form, `words-${code}`), isAnswered }] : [];
  });
}

/** Questions among what was said beside fields. */
export function askedIn(fields: Readonly<Record<string, string>>): Asked[] {
  return codes.flatMap((code): Asked[] => {
    const words = fields[code];
    return words === undefined ? [] : [{ code, words, isAnswered: false }];
  });
}
