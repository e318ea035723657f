import { m } from '$lib/paraglide/messages.js';
import { kindName } from './words.ts';

/** `消费得分 12、兑换 5`: how many of each kind, the most first. */
export function kindCounts(items: readonly { kind: string }[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${kindName(kind)} ${count}`)
    .join(m.setup_comma());
}
