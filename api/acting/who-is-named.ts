/** Whom a resident names as their helper: somebody of their house, or whose code they type. */
import { hasDied, type IdentityDeps } from '../identity/index.ts';
import { dayIn, peopleOf, residenciesOf } from '../places/index.ts';
import { problem, type Problem } from '../platform/index.ts';
import { findHelperCode } from './find-consents.ts';

type Deps = Pick<IdentityDeps, 'engine' | 'clock' | 'identity'>;
export type Housemate = { person: string; relation: 'owner' | 'family' | 'tenant'; house: string };

/** Those who belong to a house of this person's today. */
export async function housematesOf(
  { engine, clock }: Pick<Deps, 'engine' | 'clock'>,
  person: string,
): Promise<Housemate[]> {
  const day = dayIn(clock());
  const found = new Map<string, Housemate>();
  for (const { house } of await residenciesOf(engine, person, day))
    for (const other of await peopleOf(engine, house, day))
      if (other.person !== person && !(await hasDied(engine, other.person)))
        found.set(other.person, { person: other.person, relation: other.relation, house });
  return [...found.values()];
}

/**
 * Whose digits these are. A wrong code, one that ended or was used, and one's own are the same answer, and each try
 * counts before it is looked at.
 */
export async function readHelperCode(
  { engine, clock, identity: { lockOut, secrets } }: Deps,
  { digits, by }: { digits: string; by: string },
): Promise<{ code: string; person: string } | Problem> {
  const now = clock();
  const subject = { kind: 'helper', value: by } as const;
  if (!(await lockOut.mayTry(subject, now))) return problem('locked-out', { retryAfterS: 15 * 60 });
  const found = await findHelperCode(engine, { hash: secrets.helperKey(digits), now });
  if (found === undefined || found.person === by) return problem('helper-code-unknown');
  await lockOut.forgive(subject);
  return { code: found.id, person: found.person };
}
