/** Undo by the same clerk the same day, later by a manager with a reason; by the entries made then (trap 5). */
import { inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import {
  type Command,
  findPosted,
  post,
  transactionsById,
  untilFresh,
  type Posted,
} from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, mayAt, problem, together, type Actor, type Problem } from '../platform/index.ts';
import { dayOf, earnedKey } from '../programme/index.ts';
import { soldIn, takenBack } from './goods/sold-lines.ts';
import { findOrder } from './orders/orders.ts';
import { tellWebhooks } from '../webhooks/index.ts';
import { receiptKey } from './receipt.ts';
import { moveStock } from './stock/move-stock.ts';

export type UndoInput = { id: string; reason: string; actor: Actor; key: string; scope: string };

export const findPurchase = together(async ({ db, tables: { purchases } }: Engine, ids) => {
  const rows = await db
    .select()
    .from(purchases)
    .where(inArray(purchases.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
});

export const findRedemption = together(async ({ db, tables: { redemptions } }: Engine, ids) => {
  const rows = await db
    .select()
    .from(redemptions)
    .where(inArray(redemptions.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
});

type Done = { place: string; member: string; clerk: string; createdAt: number };

/** Who may undo what a clerk did: the clerk on that day, a manager of the place with a reason; nobody their own. */
async function mayUndo(deps: ProductDeps, done: Done, input: UndoInput): Promise<Problem | undefined> {
  if (input.actor.kind === 'person' && input.actor.person === done.member)
    return problem('second-person-needed');
  const isSame = actorText(input.actor) === done.clerk;
  if (isSame && dayOf(done.createdAt) === dayOf(deps.clock())) return undefined;
  if (!(await mayAt(input.actor, ['merchant_manager'], done.place, deps.places))) {
    return problem('manager-needed');
  }
  if (input.reason.trim() !== '') return undefined;
  return problem('invalid-input', {
    fields: [{ field: 'reason', zh: '请填写撤销原因', en: 'Give a reason' }],
  });
}

/** Whoever is second at the same moment finds it undone. */
export function undoRedemption(deps: ProductDeps, input: UndoInput): Promise<Posted | Problem> {
  return untilFresh(() => undoOnce(deps, input));
}

async function undoOnce(deps: ProductDeps, input: UndoInput): Promise<Posted | Problem> {
  const row = await findRedemption(deps.engine, input.id);
  const book = row && (await deps.places.bookOf(row.place));
  if (!row || book === undefined) return problem('not-found');
  const ask = {
    book,
    scope: input.scope,
    key: input.key,
    request: ['undo-redemption', input.id, input.reason],
  };
  const before = await findPosted(deps, ask);
  if (before) return before;
  const wrong = await mayUndo(deps, row, input);
  if (wrong) return wrong;
  if (row.state !== 'taken' || row.transaction === null) return problem('already-done');
  const [id, now] = [deps.ids(), deps.clock()];
  const back = takenBack(await soldIn(deps.engine, row.id), row.place);
  const by = actorText(input.actor);
  const moved = moveStock(back.moves, { ids: deps.ids, unit: id, about: row.id, by, now });
  return post(deps, ask, {
    id,
    actor: input.actor,
    place: row.place,
    tallies: [...(await countedBack(deps, row)), ...back.tallies, ...moved.tallies],
    commands: [{ do: 'refund', of: row.transaction }],
    rows: [
      ...moved.rows,
      {
        update: 'redemptions',
        id: row.id,
        version: row.version,
        set: {
          state: 'undone',
          undone_by: actorText(input.actor),
          undone_reason: input.reason,
          undone_transaction: { planned: 'transaction' },
        },
      },
      ...(await tellWebhooks(deps, { place: row.place, event: 'redemption.undone', thing: row.id })),
    ],
  });
}

/**
 * What a redemption counted towards its redeemer's month leaves room again; one without a cap counted nothing, and an
 * order counted when it was placed.
 */
async function countedBack(
  { engine }: ProductDeps,
  { transaction, ofOrder, points }: { transaction: number | null; ofOrder: string | null; points: number },
) {
  if (ofOrder !== null) {
    const key = (await findOrder(engine, ofOrder))?.takenKey ?? null;
    return key === null ? [] : [{ key, add: -points, min: 0 }];
  }
  const [redeemed] = await transactionsById(engine, transaction === null ? [] : [transaction]);
  const counted = redeemed?.tallies.filter(({ key }) => key.startsWith('taken:')) ?? [];
  return counted.map(({ key, amount }) => ({ key, add: -amount, min: 0 }));
}

/** Points of a purchase that was taken back: what is spent already becomes a debt that later awards settle. */
export function takePurchaseBack(deps: ProductDeps, input: UndoInput): Promise<Posted | Problem> {
  return untilFresh(() => takeBackOnce(deps, input));
}

async function takeBackOnce(deps: ProductDeps, input: UndoInput): Promise<Posted | Problem> {
  const row = await findPurchase(deps.engine, input.id);
  const book = row && (await deps.places.bookOf(row.place));
  if (!row || book === undefined) return problem('not-found');
  const ask = {
    book,
    scope: input.scope,
    key: input.key,
    request: ['take-purchase-back', input.id, input.reason],
  };
  const before = await findPosted(deps, ask);
  if (before) return before;
  const wrong = await mayUndo(deps, row, input);
  if (wrong) return wrong;
  if (row.state !== 'credited' || row.transaction === null) return problem('already-done');
  const commands: Command[] = row.points > 0 ? [{ do: 'clawback', of: row.transaction }] : [];
  const day = earnedKey(row.unit, row.member, dayOf(row.createdAt));
  return post(deps, ask, {
    actor: input.actor,
    place: row.place,
    commands,
    tallies: row.points > 0 ? [{ key: day, add: -row.points, min: 0 }] : [],
    uniques: [{ key: receiptKey(row), release: true }],
    rows: [
      {
        update: 'purchases',
        id: row.id,
        version: row.version,
        set: {
          state: 'taken-back',
          taken_back_by: actorText(input.actor),
          taken_back_reason: input.reason,
          taken_back_transaction: { planned: 'transaction' },
        },
      },
      ...(await tellWebhooks(deps, { place: row.place, event: 'purchase.taken-back', thing: row.id })),
    ],
  });
}
