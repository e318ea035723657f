/** A file that hangs on a break, or on what is named: for the generated access test and the documentation's examples. */
import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { TestApp } from './whole-app.ts';

export async function attachmentOn(
  { engine, clock }: Pick<TestApp, 'engine' | 'clock'>,
  {
    place,
    thing = 'break',
    thingId,
    size,
  }: { place: string; thing?: string; thingId: string; size?: number },
): Promise<string> {
  const { attachments, attachmentContents } = engine.tables;
  const [id, createdAt, bytes] = [uuid(), clock.now, Buffer.from('%PDF-1.7\n%%EOF\n')];
  const content = createHash('sha256').update(bytes).digest('hex');
  await engine.db.insert(attachmentContents).values({ id: content, bytes, createdAt }).onConflictDoNothing();
  const file = { content, name: '更正单.pdf', type: 'application/pdf' as const, size: size ?? bytes.length };
  const of = { id, version: 1, place, thing, thingId, createdAt };
  await engine.db.insert(attachments).values({ ...of, ...file, addedBy: 'person:test' });
  return id;
}

/** What it hangs on, by what stands before it in the path. */
export function thingOf(made: Readonly<Record<string, string>> = {}): { thing: string; thingId: string } {
  const { goods } = made;
  return goods ? { thing: 'goods', thingId: goods } : { thing: 'break', thingId: made['break'] ?? uuid() };
}
