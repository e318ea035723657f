/** A member's statement by transaction: one movement, one sentence, newest first. */
import type { Engine } from '../db/index.ts';
import { settledAwards, statementOf, type Role, type Settled, type StatementLine } from '../ledger/index.ts';

const MEMBER_ROLES = ['available', 'held', 'expired', 'pending', 'debt'] as const satisfies readonly Role[];

type Change = { role: Role; unit: string; amount: number };

export type Movement = {
  transaction: number;
  kind: string;
  place: string;
  bookedAt: number;
  effectiveAt: number;
  reverses: number | null;
  /** What each position of the member moved by; zero ones are left out. */
  changes: Change[];
  /** Of an award that waits no longer: where its points came, or the wait ended. */
  settled?: Settled;
  /** The entry before which the next page starts. */
  firstEntry: number;
};

/** One more than the ledger lets a transaction have, so that a piece always holds a whole one. */
const PIECE = 257;

/** Up to `limit` movements before entry `before`, newest first; fewer only when there are no more, unless `kinds` are given. */
export async function memberMovements(engine: Engine, input: MovementsAsked): Promise<Movement[]> {
  return (await findMovements(engine, input)).movements;
}

export type MovementsAsked = {
  book: number;
  member: string;
  before?: number;
  /** The first entry that counts, of a month for example. */
  since?: number;
  /** Only transactions of these kinds. */
  kinds?: readonly string[];
  limit: number;
};

/** How many pieces are looked through for one page: who looks for a rare kind is told how far it was looked for. */
const MOST_PIECES = 4;

/** `lookedUntil`: the entry before which was not looked any more, though there is more and the page is not full. */
export async function findMovements(
  engine: Engine,
  input: MovementsAsked,
): Promise<{ movements: Movement[]; lookedUntil?: number }> {
  const { book, member: owner, since, kinds, limit } = input;
  const found: Movement[] = [];
  let before = input.before;
  for (let pieces = 0; found.length < limit; pieces++) {
    if (kinds !== undefined && pieces === MOST_PIECES && before !== undefined) {
      return { movements: await withSettled(engine, found), lookedUntil: before };
    }
    const page = await statementOf(engine, {
      ...{ book, owner, roles: MEMBER_ROLES, limit: PIECE },
      ...(before === undefined ? {} : { before }),
      ...(since === undefined ? {} : { since }),
    });
    const movements = grouped(page.lines);
    const whole = page.next === undefined ? movements : movements.slice(0, wholeUntil(movements));
    found.push(...withRests(whole).filter(({ kind }) => kinds === undefined || kinds.includes(kind)));
    before = whole.at(-1)?.firstEntry;
    if (page.next === undefined || whole.length === 0) break;
  }
  return { movements: await withSettled(engine, found.slice(0, limit)) };
}

/** Points that an award set aside, which is all that it does. */
export function waitingIn(changes: readonly { role: Role; amount: number }[]): number {
  return changes.reduce((sum, { role, amount }) => (role === 'pending' ? sum + amount : sum), 0);
}

async function withSettled(engine: Engine, movements: Movement[]): Promise<Movement[]> {
  const awards = movements.filter(({ kind }) => kind === 'award');
  const settled = await settledAwards(
    engine,
    awards.map(({ transaction, changes }) => ({ transaction, amount: waitingIn(changes) })),
  );
  return movements.map((one) => {
    const end = settled.get(one.transaction);
    return end ? { ...one, settled: end } : one;
  });
}

/** The last transaction may go on beyond the piece, and what it is the rest of may begin there. */
function wholeUntil(movements: readonly Movement[]): number {
  const isCut = movements.length > 2 && movements.at(-2)?.kind === 'reject';
  return movements.length - (isCut ? 2 : 1);
}

/**
 * A rating gives a part of an award and takes back the rest in one step: to the member that is one thing, in which all
 * that waited ends. Newest first, the rest stands before its part.
 */
function withRests(movements: readonly Movement[]): Movement[] {
  return movements.flatMap((one, nth) => {
    const [before, after] = [movements[nth - 1], movements[nth + 1]];
    if (after && isRestOf(one, after)) return [];
    if (!before || !isRestOf(before, one)) return [one];
    return [{ ...one, changes: summed([...one.changes, ...before.changes]) }];
  });
}

function isRestOf(rest: Movement, part: Movement): boolean {
  return (
    rest.kind === 'reject' &&
    part.kind === 'release' &&
    part.reverses === rest.reverses &&
    part.bookedAt === rest.bookedAt
  );
}

function summed(changes: readonly Change[]): Change[] {
  const sums: Change[] = [];
  for (const { role, unit, amount } of changes) {
    const known = sums.find((c) => c.role === role && c.unit === unit);
    if (known) known.amount += amount;
    else sums.push({ role, unit, amount });
  }
  return sums;
}

function grouped(lines: readonly StatementLine[]): Movement[] {
  const movements: Movement[] = [];
  for (const line of lines) {
    let movement = movements.at(-1);
    if (movement?.transaction !== line.transaction) {
      const { transaction, kind, place, bookedAt, effectiveAt, reverses } = line;
      movement = {
        transaction,
        kind,
        place,
        bookedAt,
        effectiveAt,
        reverses,
        changes: [],
        firstEntry: line.entry,
      };
      movements.push(movement);
    }
    movement.firstEntry = line.entry;
    const { role, asset, amount } = line;
    movement.changes = summed([...movement.changes, { role, unit: asset.unit, amount }]);
  }
  return movements;
}
