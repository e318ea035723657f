/** Links that work once: 256 random bits, of which only the SHA-256 is kept. */
import { createHash, randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { isProblem, problem, type Instant, type Problem } from '../platform/index.ts';

/** Long enough for a slip that lies at the community office over a holiday. */
export const INVITATION_MS = 14 * 24 * 3_600_000;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export interface Invitation {
  readonly id: string;
  readonly version: number;
  readonly person: string | null;
  readonly place: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly endsAt: Instant;
  readonly usedAt: Instant | null;
  readonly cancelledAt: Instant | null;
}

export function mintLink(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashOf(token) };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The invitation behind a link, or why it does not work any more. */
export async function findByLink(
  engine: Engine,
  { token, now }: { token: string; now: Instant },
): Promise<Invitation | Problem> {
  if (!TOKEN.test(token)) return problem('link-unknown');
  const { invitations: t } = engine.tables;
  const [row] = await engine.db
    .select()
    .from(t)
    .where(eq(t.tokenHash, hashOf(token)));
  if (!row) return problem('link-unknown');
  if (row.usedAt !== null) return problem('link-used');
  if (row.cancelledAt !== null || row.endsAt <= now) return problem('link-ended');
  return row;
}

/**
 * Uses a link up for what is done with it: whoever is second is told so, and where it was refused the link works
 * again.
 */
export async function withLink<Done>(
  engine: Engine,
  { invitation, now }: { invitation: Invitation; now: Instant },
  work: () => Promise<Done | Problem>,
): Promise<Done | Problem> {
  const { invitations: t } = engine.tables;
  const isOpen = and(eq(t.id, invitation.id), isNull(t.usedAt), isNull(t.cancelledAt));
  const used = await engine.db.update(t).set({ usedAt: now }).where(isOpen).returning({ id: t.id });
  if (used.length === 0) return problem('link-used');
  const giveBack = () => engine.db.update(t).set({ usedAt: null }).where(eq(t.id, invitation.id));
  try {
    const done = await work();
    if (isProblem(done)) await giveBack();
    return done;
  } catch (error) {
    await giveBack();
    throw error;
  }
}
