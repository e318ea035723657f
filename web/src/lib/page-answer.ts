/** What every page's answer carries beside its content, and what is written down of a page that broke. */

const ALWAYS = {
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/** A signed-in person's pages are kept nowhere: after signing out, Back on a shared phone shows nobody's balance. */
export function pageHeaders(isSignedIn: boolean): Readonly<Record<string, string>> {
  return isSignedIn ? { ...ALWAYS, 'cache-control': 'private, no-store' } : ALWAYS;
}

/** Of which kind, and where in our own code. The message is left out: it may quote a name or a phone. */
export function errorFacts(broken: unknown): { kind: string; at: string[] } {
  if (!(broken instanceof Error)) return { kind: typeof broken, at: [] };
  const lines = (broken.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { kind: broken.name, at: lines.slice(0, 12).map((line) => line.trim()) };
}
