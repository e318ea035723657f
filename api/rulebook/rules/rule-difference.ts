/** Where two versions differ, line by line; what only one of them says stands beside nothing. */
import type { RuleLine, Words } from './rule-words.ts';

export type Difference = { key: string; name: Words; before?: Words; after?: Words };

export function differencesOf(before: readonly RuleLine[], after: readonly RuleLine[]): Difference[] {
  const old = new Map(before.map((line) => [line.key, line]));
  const kept = new Set(after.map(({ key }) => key));
  const changed = after.flatMap(({ key, name, text }): Difference[] => {
    const was = old.get(key);
    if (was === undefined) return [{ key, name, after: text }];
    return was.text.zh === text.zh && was.text.en === text.en
      ? []
      : [{ key, name, before: was.text, after: text }];
  });
  const gone = before.filter(({ key }) => !kept.has(key));
  return [...changed, ...gone.map(({ key, name, text }): Difference => ({ key, name, before: text }))];
}
