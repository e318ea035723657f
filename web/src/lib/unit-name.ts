import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import { formatPoints, type Whole } from './format.ts';

const names: Record<string, () => string> = { VOL: m.me_unit_vol, CON: m.me_unit_con };
type Named = { code: string; zh: string; en: string };
/** Those that communities made: a code means one thing in the whole deployment, and its name is no secret. */
const made = new Map<string, Named>();

/** Before a page writes any of them. */
export function rememberUnits(units: readonly Named[]): void {
  for (const unit of units) made.set(unit.code, unit);
}

/** What people call points of this unit; one that we have no word for keeps its code. */
export function unitName(unit: string): string {
  const own = made.get(unit);
  if (own !== undefined) return getLocale() === 'en' ? own.en : own.zh;
  return names[unit]?.() ?? unit;
}

/** `3,189 消费积分`, inside a sentence. */
export function pointsText(amount: Whole, unit: string): string {
  return `${formatPoints(amount)} ${unitName(unit)}`;
}
