/**
 * What a rule says, in sentences that a resident reads on the notice board. Protects: whatever the rule decides stands
 * there, since the sentences are the rulebook's own lines, of which every field of a rule has one.
 */
import { ruleLines, type RuleBody } from '../../rulebook/rules/index.ts';

export type Words = { zh: string; en: string };

/** One sentence for each matter; the lines of one matter, such as the kinds of days, stand together. */
export function ruleWords(rule: RuleBody): Words[] {
  const matters = new Map<string, Words[]>();
  for (const { key, name, text } of ruleLines(rule)) {
    const [matter = key] = key.split(':');
    const said = { zh: `${name.zh}：${text.zh}`, en: `${name.en}: ${text.en}` };
    matters.set(matter, [...(matters.get(matter) ?? []), said]);
  }
  return [...matters.values()].map((said) => ({
    zh: said.map(({ zh }) => zh).join('；'),
    en: said.map(({ en }) => en).join('; '),
  }));
}
