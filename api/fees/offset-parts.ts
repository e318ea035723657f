/** What each member gives to an offset that a household pays together. One that has no parts is paid by its member alone. */
import { asc, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { RowChange } from '../ledger/index.ts';
import type { Offset } from './offsets.ts';

export type OffsetPart = Engine['tables']['offsetParts']['$inferSelect'];
export type PartsOf = (offset: string) => readonly OffsetPart[];

const AT_ONCE = 500;

/** The parts of these offsets, each in the order of its commands. */
export async function partsOfOffsets(
  { db, tables: { offsetParts: t } }: Engine,
  offsets: readonly string[],
): Promise<PartsOf> {
  const found = new Map<string, OffsetPart[]>();
  for (let at = 0; at < offsets.length; at += AT_ONCE) {
    const rows = await db
      .select()
      .from(t)
      .where(inArray(t.offsetId, offsets.slice(at, at + AT_ONCE)))
      .orderBy(asc(t.offsetId), asc(t.nth));
    for (const row of rows) found.set(row.offsetId, [...(found.get(row.offsetId) ?? []), row]);
  }
  return (offset) => found.get(offset) ?? [];
}

export async function partsOfOffset(engine: Engine, offset: string): Promise<readonly OffsetPart[]> {
  return (await partsOfOffsets(engine, [offset]))(offset);
}

/** Every hold of an offset, in the order of its members. */
export function holdsOf({ hold }: Pick<Offset, 'hold'>, parts: readonly OffsetPart[]): string[] {
  return parts.length === 0 ? [hold] : parts.map((part) => part.hold);
}

/** Where the value of one part is counted, in fen: so the ledger says what each member gave, and who asked for it. */
export function offsetPartKey(askedBy: string, hold: string): string {
  return `offset-part:${askedBy}:${hold}`;
}

/** The rows of a unit that ends every part by a command of its own, in their order. */
export function settledParts(parts: readonly OffsetPart[]): RowChange[] {
  return parts.map(({ id, version }, nth) => ({
    update: 'offset_parts',
    id,
    version,
    set: { settled_transaction: { planned: 'transaction' as const, nth } },
  }));
}
