/** Staff read a code out to a resident who stands before them or calls, where no text message could be sent. */
import type { Engine } from '../db/index.ts';
import { actorText, problem } from '../platform/index.ts';
import type { Ids, Instant, PersonActor, PlaceTree, Problem } from '../platform/index.ts';
import { logAccess } from './access-log.ts';
import { mayHelp, tiesOf } from './roles.ts';
import { findCode, type CodeSecrets } from './sign-in-codes.ts';

/**
 * Only whoever could set the person's password, and it stands in the access log before it is shown: they could sign in
 * as that person, so they stand behind what is done then (two-people.ts).
 */
export async function readCode(
  deps: { engine: Engine; ids: Ids; places: PlaceTree; secrets: CodeSecrets },
  { code: id, actor, now }: { code: string; actor: PersonActor; now: Instant },
): Promise<{ digits: string; people: readonly string[] } | Problem> {
  const { engine, ids, secrets } = deps;
  const code = await findCode(engine, id);
  const people = code?.people ?? (code?.person ? [code.person] : []);
  if (!code || code.place === '' || people.length === 0) return problem('not-found');
  if (code.usedAt !== null || code.endsAt <= now) return problem('sign-in-code-ended');
  for (const person of people) {
    if (person === actor.person || !(await mayHelp(deps, actor, await tiesOf(deps, person, now))))
      return problem('not-found');
  }
  // Of those who share a phone it may be any who signs in by it.
  for (const person of people) {
    const entry = { id: ids(), at: now, actor: actorText(actor), action: 'read-code' as const };
    await logAccess(engine, { ...entry, subject: `person:${person}`, place: code.place, reason: '' });
  }
  return { digits: secrets.digitsOf(id), people };
}
