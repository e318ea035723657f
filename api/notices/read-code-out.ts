/** Reads a sign-in code out and tells whose phone it is that somebody did. */
import { readCode } from '../identity/index.ts';
import type { IdentityDeps } from '../identity/index.ts';
import { isProblem, type PersonActor, type Problem } from '../platform/index.ts';
import { dayOf } from '../programme/index.ts';
import { writeNotices } from './write-notices.ts';

export async function readCodeOut(
  deps: IdentityDeps,
  { code, actor }: { code: string; actor: PersonActor },
): Promise<{ digits: string } | Problem> {
  const now = deps.clock();
  const { secrets } = deps.identity;
  const read = await readCode({ ...deps, secrets }, { code, actor, now });
  if (isProblem(read)) return read;
  const { people, digits } = read;
  const facts = { day: dayOf(now), points: [] };
  const what = { kind: 'code-read' as const, event: `code:${code}`, facts, transaction: null };
  const tellings = people.map((person) => ({ person, ...what }));
  await deps.engine.exclusively(`notices:code:${code}`, (engine) =>
    writeNotices({ ...deps, engine }, tellings, () => []),
  );
  return { digits };
}
