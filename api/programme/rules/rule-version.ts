/**
 * Protects: what was earned is judged by the rule of its own day. A version is never changed; a new one takes over
 * at its start, and a correction of an old service still finds the old version (trap 9).
 */
import type { Instant } from '../calendar.ts';

export type RuleVersion<Body> = { id: string; validFrom: Instant; body: Body };

/** The version in force at an instant: the one that started last. Undefined before the first. */
export function versionAt<Body>(
  versions: readonly RuleVersion<Body>[],
  at: Instant,
): RuleVersion<Body> | undefined {
  let found: RuleVersion<Body> | undefined;
  for (const version of versions) {
    if (version.validFrom <= at && (!found || version.validFrom > found.validFrom)) found = version;
  }
  return found;
}
