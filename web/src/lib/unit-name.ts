import { m } from '$lib/paraglide/messages.js';
import { formatPoints, type Whole } from './format.ts';

const names: Record<string, () => string> = { VOL: m.me_unit_vol, CON: m.me_unit_con };

/** What people call points of this unit; one that we have no word for keeps its code. */
export function unitName(unit: string): string {
  return names[unit]?.() ?? unit;
}

/** `3,189 消费积分`, inside a sentence. */
export function pointsText(amount: Whole, unit: string): string {
  return `${formatPoints(amount)} ${unitName(unit)}`;
}
