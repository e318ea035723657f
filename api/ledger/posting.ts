/**
 * From a request to the journal and back. Every use case that moves points begins with `findPosted` (rule 4: the key
 * is looked up before anything else) and ends with `post`.
 */
import {
  actorText,
  isProblem,
  isProblemCode,
  problem,
  type Actor,
  type Deps,
  type Problem,
} from '../platform/index.ts';
import type { Answer, Outcome, Unit } from './core/command.ts';
import type { Refusal } from './core/refusals.ts';
import { JournalUnavailable, type Lane } from './journal.ts';
import { hashRequest } from './proof/canonical.ts';
import { wordsOfRefusal } from './refusal-words.ts';

/** What identifies a request: who may repeat it (`scope`), its key, and everything it asked for. */
export interface Ask {
  readonly book: number;
  readonly scope: string;
  readonly key: string;
  /** The operation and its input, e.g. `['offset', input]`; the same key with another one is an error. */
  readonly request: unknown;
}
export type Posted = Answer & { readonly replayed: boolean };
/** `id` where a row of the unit takes the unit's id, so that a replay finds the row by its answer. */
export type UnitBody = Omit<Unit, 'id' | 'key' | 'requestHash' | 'actor' | 'source'> & {
  readonly id?: string;
};

/** Both ends of a use case ask for it. */
const hashes = new WeakMap<Ask, string>();

function hashOf(ask: Ask): string {
  let known = hashes.get(ask);
  if (known === undefined) hashes.set(ask, (known = hashRequest(ask.request)));
  return known;
}

/** How often a request is worked out before its sender is asked to send it again. */
const MOST_ATTEMPTS = 5;

/**
 * Works a request out again while what it was worked out from (a tally's `was`, a row's version) has moved on. Nothing
 * is kept of an attempt that came too late.
 */
export async function untilFresh<Done extends object>(
  attempt: () => Promise<Done | Problem>,
): Promise<Done | Problem> {
  for (let nth = 1; ; nth++) {
    const done = await attempt();
    if (!isProblem(done) || done.code !== 'changed-meanwhile' || nth === MOST_ATTEMPTS) return done;
  }
}

/** The answer that is kept under this key, if any. */
export async function findPosted(
  deps: Pick<Deps, 'journal'>,
  ask: Ask,
): Promise<Posted | Problem | undefined> {
  const stored = await deps.journal.find(ask.book, { scope: ask.scope, key: ask.key });
  if (!stored) return undefined;
  if (stored.requestHash !== hashOf(ask)) return problem('key-reused');
  return stored.status === 'posted'
    ? { ...(JSON.parse(stored.answer) as Answer), replayed: true }
    : problemOfRefusal(JSON.parse(stored.answer) as Refusal);
}

/** Commits a unit; resolves when it is on disk, or to what the rules say against it. */
export async function post(
  deps: Pick<Deps, 'journal' | 'ids'>,
  ask: Ask,
  input: UnitBody & { actor: Actor | string; source?: string; lane?: Lane },
): Promise<Posted | Problem> {
  const { actor, source = 'api', lane = 'interactive', ...body } = input;
  const unit: Unit = {
    ...body,
    id: body.id ?? deps.ids(),
    key: { scope: ask.scope, key: ask.key },
    requestHash: hashOf(ask),
    actor: typeof actor === 'string' ? actor : actorText(actor),
    source,
  };
  try {
    return postedOf(await deps.journal.commit(ask.book, unit, lane));
  } catch (error) {
    if (!(error instanceof JournalUnavailable)) throw error;
    return problem(error.reason === 'stopping' ? 'shutting-down' : 'overloaded', { retryAfterS: 2 });
  }
}

export function postedOf(outcome: Outcome): Posted | Problem {
  if (outcome.status === 'refused') return problemOfRefusal(outcome.refusal);
  return { ...outcome.answer, replayed: outcome.replayed };
}

export function problemOfRefusal({ code, facts = {} }: Refusal): Problem {
  if (code === 'version-conflict') return problem('changed-meanwhile');
  if (code === 'row-not-found') return problem('not-found');
  if (!isProblemCode(code)) throw new Error(`refusal ${code} has no entry in the catalogue`);
  const detail = wordsOfRefusal(code, facts);
  return problem(code, {
    ...(detail && { detail }),
    ...(typeof facts['used'] === 'string' && { used: facts['used'] }),
    ...(typeof facts['key'] === 'string' && { counter: facts['key'] }),
  });
}
