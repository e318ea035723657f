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

export async function memberMovements(
  engine: Engine,
  input: { book: number; member: string; before?: number; limit: number },
): Promise<{ movements: Movement[]; next: number | undefined }> {
  // A movement has a few lines, and one of many series has many: read until there are enough whole ones.
  const wanted = input.limit * 4;
  const page = await statementOf(engine, {
    book: input.book,
    owner: input.member,
    roles: MEMBER_ROLES,
    limit: Math.max(wanted, 256),
    ...(input.before === undefined ? {} : { before: input.before }),
  });
  const movements = grouped(page.lines);
  // The last transaction may go on beyond the page.
  const whole = page.next === undefined ? movements : movements.slice(0, -1);
  const shown = whole.slice(0, input.limit);
  const isLast = page.next === undefined && whole.length <= input.limit;
  return { movements: shown, next: isLast ? undefined : shown.at(-1)?.firstEntry };
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
