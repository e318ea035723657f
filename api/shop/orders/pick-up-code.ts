/** The pick-up code of an order: it follows from the order's id and the deployment's secret, and only hashes are kept. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { IdentityDeps } from '../../identity/index.ts';
import { isProblem, mayAt, problem, type Actor, type Problem } from '../../platform/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { createPickUp, formatPickUp, pickUpLink, readPickUp } from '../rules/code.ts';
import type { Order } from './orders.ts';

export type WithSecrets = Pick<IdentityDeps, 'identity'>;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export function hashesOfPickUp({ identity }: WithSecrets, order: string) {
  const { token, digits } = createPickUp(identity.secrets.pickUpBytes(order));
  return { token_hash: hashOf(token), digits_hash: hashOf(digits) };
}

/** As the member's phone shows it. */
export function pickUpCode({ identity }: WithSecrets, { order, origin }: { order: string; origin: string }) {
  const { token, digits } = createPickUp(identity.secrets.pickUpBytes(order));
  return { link: pickUpLink(origin, token), digits: formatPickUp(digits) };
}

/** `isTyped`: digits, which can be guessed and are counted. */
export function readPickUpScan(text: string, origin: string): { hash: string; isTyped: boolean } | Problem {
  const read = readPickUp(text, origin);
  if ('token' in read) return { hash: hashOf(read.token), isTyped: false };
  if ('digits' in read) return { hash: hashOf(read.digits), isTyped: true };
  return problem(read.fault === 'typo' ? 'code-mistyped' : 'code-unknown');
}

type Proof = { scan?: string | undefined; withoutCode?: { reason: string } | undefined };

/**
 * An order is handed to whoever shows its code, not to whoever knows its id. Typed digits are counted as at the look-up;
 * without a code only the shop's manager hands it over, and says why. Answers that reason, or null.
 */
export async function provePickUp(
  { places, identity, clock }: ProductDeps & WithSecrets,
  { order, proof, actor, origin }: { order: Order; proof: Proof; actor: Actor; origin: string },
): Promise<{ withoutCode: string | null } | Problem> {
  const { scan, withoutCode } = proof;
  if ((scan === undefined) === (withoutCode === undefined)) return problem('pick-up-code-needed');
  if (withoutCode !== undefined) {
    const isManager = await mayAt(actor, ['merchant_manager'], order.place, places);
    return isManager ? { withoutCode: withoutCode.reason } : problem('not-allowed');
  }
  const read = readPickUpScan(scan ?? '', origin);
  if (isProblem(read)) return read;
  const till = { kind: 'code', value: order.place } as const;
  if (read.isTyped && !(await identity.lockOut.mayTry(till, clock()))) return problem('locked-out');
  const own = read.isTyped ? order.digitsHash : order.tokenHash;
  if (!timingSafeEqual(Buffer.from(read.hash), Buffer.from(own))) return problem('code-unknown');
  if (read.isTyped) await identity.lockOut.forgive(till);
  return { withoutCode: null };
}

const SAME_DIGITS = 4;

/** The order at this shop; digits that came again mean the one that still waits. */
export async function resolvePickUp(
  { db, tables: { orders: t } }: Engine,
  { place, scan }: { place: string; scan: { hash: string; isTyped: boolean } | Problem },
): Promise<Order | Problem> {
  if (isProblem(scan)) return scan;
  const is = scan.isTyped ? eq(t.digitsHash, scan.hash) : eq(t.tokenHash, scan.hash);
  const rows = await db
    .select()
    .from(t)
    .where(and(eq(t.place, place), is))
    .orderBy(desc(t.id))
    .limit(SAME_DIGITS);
  return rows.find(({ state }) => state === 'placed') ?? rows[0] ?? problem('code-unknown');
}
