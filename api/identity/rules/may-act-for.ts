/**
 * Who may act for whom (家人代办). Protects: only by a consent that was given for these two people, holds today and was
 * not ended, and for no more than it says; never by two consents one after the other, and nobody needs one for themselves.
 */
export type MayDo = 'view' | 'spend';

/** Days as `2026-06-30`; `until` is the first on which it no longer holds. */
export type Consent = {
  readonly id: string;
  readonly principal: string;
  readonly proxy: string;
  readonly may: MayDo;
  readonly since: string;
  readonly until: string;
  readonly endedAt: number | null;
};

export function isStanding({ since, until, endedAt }: Consent, day: string): boolean {
  return endedAt === null && since <= day && day < until;
}

/** The consent by which `who` may do `what` for `principal` on this day; undefined where there is none. */
export function mayActFor<C extends Consent>(
  consents: readonly C[],
  { who, principal, what, day }: { who: string; principal: string; what: MayDo; day: string },
): C | undefined {
  if (who === principal) return undefined;
  return consents.find(
    (consent) =>
      consent.proxy === who &&
      consent.principal === principal &&
      isStanding(consent, day) &&
      (what === 'view' || consent.may === 'spend'),
  );
}

const YEARS_MOST = 3;

/** The same day so many years later; of 29 February, the 28th. */
function yearsLater(since: string, years: number): string {
  const [year = 0, month = 1, day = 1] = since.split('-').map(Number);
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + years, month - 1, Math.min(day, last))).toISOString().slice(0, 10);
}

/** When it ends: as asked, by default after a year; undefined for an end that has come or lies more than three years off. */
export function endOfConsent(since: string, asked?: string): string | undefined {
  const until = asked ?? yearsLater(since, 1);
  return until > since && until <= yearsLater(since, YEARS_MOST) ? until : undefined;
}
