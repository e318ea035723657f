/** A member's statement by transaction: one movement, one sentence, newest first. */
import type { Engine } from '../db/index.ts';
import { statementOf, type Role, type StatementLine } from '../ledger/index.ts';

const MEMBER_ROLES = ['available', 'held', 'expired', 'pending', 'debt'] as const satisfies readonly Role[];

export type Movement = {
  transaction: number;
  kind: string;
  place: string;
  bookedAt: number;
  effectiveAt: number;
  reverses: number | null;
  /** What each position of the member moved by; zero ones are left out. */
  changes: { role: Role; unit: string; amount: number }[];
  /** The entry before which the next page starts. */
  firstEntry: number;
};

/** One more than the ledger lets a transaction have, so that a piece always holds a whole one. */
const PIECE = 257;

/** Up to `limit` movements before entry `before`, newest first; fewer only when there are no more. */
export async function memberMovements(
  engine: Engine,
  input: { book: number; member: string; before?: number; limit: number },
): Promise<Movement[]> {
  const found: Movement[] = [];
  for (let before = input.before; found.length < input.limit;) {
    const page = await statementOf(engine, {
      book: input.book,
      owner: input.member,
      roles: MEMBER_ROLES,
      limit: PIECE,
      ...(before === undefined ? {} : { before }),
    });
    const movements = grouped(page.lines);
    const whole = page.next === undefined ? movements : movements.slice(0, wholeUntil(movements));
    found.push(...whole.filter((one, nth) => !isRestOf(one, whole[nth + 1])));
    before = whole.at(-1)?.firstEntry;
    if (page.next === undefined || whole.length === 0) break;
  }
  return found.slice(0, input.limit);
}

/** The last transaction may go on beyond the piece, and what it is the rest of may begin there. */
function wholeUntil(movements: readonly Movement[]): number {
  const isCut = movements.length > 2 && movements.at(-2)?.kind === 'reject';
  return movements.length - (isCut ? 2 : 1);
}

/** A rating in one step gives a part of an award and takes back the rest: to the member that is one thing, the part. */
function isRestOf(rest: Movement, part: Movement | undefined): boolean {
  return rest.kind === 'reject' && part?.kind === 'release' && part.reverses === rest.reverses;
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
    const change = movement.changes.find((c) => c.role === line.role && c.unit === line.asset.unit);
    if (change) change.amount += line.amount;
    else movement.changes.push({ role: line.role, unit: line.asset.unit, amount: line.amount });
  }
  return movements;
}
