/**
 * Hands what is queued to the provider. A message is taken up first and sent then, so that two processes never send one
 * twice; where no answer came, or the program stopped between the two, it may have been sent: it goes to the desk, where
 * a person asks, and not out again.
 */
import { and, asc, eq, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import type { Carried, Deps, Instant } from '../platform/index.ts';
import { bodyOf } from './rules/index.ts';
import type { NoticeDeps } from './write-notices.ts';

/** Longer than any provider is waited for: what is still being sent then was broken off. */
const SENDING_MS = 5 * 60_000;
const TRIES = 3;
const RETRY_MS = 30 * 60_000;
/** Messages of one run, some at a time. */
const MOST_A_RUN = 5_000;
const AT_ONCE = 20;

type SendDeps = NoticeDeps & Pick<Deps, 'log'>;
type Delivery = Awaited<ReturnType<typeof dueDeliveries>>[number];

export async function dueDeliveries(
  { reader, tables: { deliveries: t } }: Engine,
  { now, limit }: { now: Instant; limit: number },
) {
  return reader.select().from(t).where(lte(t.dueAt, now)).orderBy(asc(t.dueAt), asc(t.id)).limit(limit);
}

/** Answers how many were sent, and how many went to a desk instead. */
export async function sendQueued(
  deps: SendDeps,
  signal?: AbortSignal,
): Promise<{ sent: number; toDesk: number }> {
  const done = { sent: 0, toDesk: 0 };
  for (let taken = 0; taken < MOST_A_RUN && !signal?.aborted; taken += AT_ONCE) {
    const due = await dueDeliveries(deps.engine, { now: deps.clock(), limit: AT_ONCE });
    if (due.length === 0) break;
    for (const state of await Promise.all(due.map((delivery) => sendOrSetAside(deps, delivery)))) {
      if (state === 'sent') done.sent += 1;
      if (state === 'waiting') done.toDesk += 1;
    }
  }
  return done;
}

/** What cannot be put into words or taken up goes to the desk, so that it does not stand first in the line for ever. */
async function sendOrSetAside(deps: SendDeps, delivery: Delivery): Promise<Delivery['state'] | undefined> {
  try {
    return await sendOne(deps, delivery);
  } catch (error) {
    deps.log.error({ delivery: delivery.id, error }, 'a message was not sent');
    return move(deps.engine, delivery, { state: 'waiting' });
  }
}

async function sendOne(deps: NoticeDeps, delivery: Delivery): Promise<Delivery['state'] | undefined> {
  const { engine, clock, messages } = deps;
  const { id, channel, tries } = delivery;
  if (delivery.state === 'sending' || channel === 'desk' || !messages?.channels.includes(channel))
    return move(engine, delivery, { state: 'waiting' });
  const [text, person] = await Promise.all([
    textOf(engine, delivery.notice),
    findPerson(engine, delivery.person),
  ]);
  if (text === undefined || !person?.phone) return move(engine, delivery, { state: 'waiting' });
  const taken = { state: 'sending' as const, tries: tries + 1, dueAt: clock() + SENDING_MS };
  if ((await move(engine, delivery, taken)) === undefined) return undefined;
  const carried = await messages.send({ id, channel, person: person.id, phone: person.phone, text });
  const next = afterSending(carried, { tries: tries + 1, now: clock() });
  return move(engine, { ...delivery, version: delivery.version + 1 }, next);
}

type Change = Partial<Pick<Delivery, 'tries' | 'dueAt' | 'doneAt'>> & { state: Delivery['state'] };

function afterSending(carried: Carried, { tries, now }: { tries: number; now: Instant }): Change {
  if (carried === 'sent') return { state: 'sent', doneAt: now };
  if (carried === 'unknown' || tries >= TRIES) return { state: 'waiting' };
  return { state: 'queued', dueAt: now + tries * RETRY_MS };
}

/** Undefined where another process was first. */
async function move(
  { db, tables: { deliveries: t } }: Engine,
  { id, version }: Pick<Delivery, 'id' | 'version'>,
  change: Change,
): Promise<Delivery['state'] | undefined> {
  const moved = await db
    .update(t)
    .set({ dueAt: null, ...change, version: version + 1 })
    .where(and(eq(t.id, id), eq(t.version, version)))
    .returning({ id: t.id });
  return moved.length === 1 ? change.state : undefined;
}

async function textOf(
  { reader, tables: { notices: t } }: Engine,
  notice: string,
): Promise<string | undefined> {
  const [row] = await reader.select({ kind: t.kind, facts: t.facts }).from(t).where(eq(t.id, notice));
  return row && bodyOf(row.kind, row.facts).zh;
}
