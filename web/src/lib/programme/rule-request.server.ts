import type { Values } from './rule-form.ts';

/** More fields, or longer ones, no form of ours has. */
const most = { fields: 200, length: 4_000 };

/** What was typed into the form of a rule, and what its reader was shown before. */
export function valuesIn(form: FormData): { values: Values; seen: string } {
  const values: Values = {};
  let seen = '';
  for (const [name, value] of [...form].slice(0, most.fields)) {
    if (typeof value !== 'string') continue;
    if (name === 'seen') seen = value;
    else values[name] = value.slice(0, most.length).replaceAll('\r\n', '\n').trim();
  }
  return { values, seen };
}
