/**
 * How old what is owed is (账龄). Protects: whatever was paid or given back has settled the oldest first, so that the newest
 * that was ever accepted is what is still owed, and the four parts are the whole.
 */
export const AGES = ['to30', 'to60', 'to90', 'over90'] as const;
export type Age = (typeof AGES)[number];
/** Where the ages end, in days. */
export const AGE_DAYS = [30, 60, 90] as const;
export type Aged = Readonly<Record<Age, number>> & { owed: number };

/** `accepted`: what came to be owed within 30, 31–60 and 61–90 days. Owed by the payee where `owed` is below zero. */
export function ageOf(owed: number, accepted: readonly [number, number, number]): Aged {
  if (owed <= 0) return { owed, to30: owed, to60: 0, to90: 0, over90: 0 };
  let rest = owed;
  const [to30, to60, to90] = accepted.map((came) => {
    const part = Math.min(rest, Math.max(0, came));
    rest -= part;
    return part;
  }) as [number, number, number];
  return { owed, to30, to60, to90, over90: rest };
}
