/**
 * Hanging a file on a thing. Protects: it is kept by what its bytes are, without what tells where it was made; it is never too
 * large, too many or more than a place has room for; and whose thing it is decides who may (the module that calls).
 */
import { createHash } from 'node:crypto';
import type { Engine } from '../db/index.ts';
import type { RowChange } from '../ledger/index.ts';
import { isProblem, problem, type Deps, type Problem } from '../platform/index.ts';
import { attachmentsOf, bytesOfPlace, MOST_BYTES_OF_PLACE, MOST_EVER, MOST_STANDING } from './attachments.ts';
import { cleanFile, type Clean, type Unfit } from './files/clean-file.ts';
import { nameAs } from './files/name-as.ts';

export type Thing = { thing: string; thingId: string; place: string };
export type SentFile = { bytes: Uint8Array; name: string };
/** What is kept of a file: its SHA-256 (hex) and its bytes. */
export type Kept = Clean & { sha256: string; name: string };

const WHY: Record<Exclude<Unfit, 'unknown'>, { zh: string; en: string }> = {
  damaged: {
    zh: '文件的内容不完整，或者和它开头说的不一样。请用看图软件打开看看，另存一份再传。',
    en: 'Its content is not whole, or not what it begins as. Open it in a viewer, save it anew and send that.',
  },
  active: {
    zh: '这份 PDF 里有程序或夹带的文件。请打印成一份新的 PDF 再传。',
    en: 'This PDF carries a program or other files. Print it to a new PDF and send that.',
  },
  'too-many-pixels': {
    zh: '图片的尺寸太大（超过一亿像素），请缩小以后再传。',
    en: 'The picture has more than a hundred million pixels. Make it smaller and send it again.',
  },
};

/** What would be kept of a file that was sent. */
export function keptOf({ bytes, name }: SentFile): Kept | Problem {
  const clean = cleanFile(bytes);
  if (clean === 'unknown') return problem('file-not-accepted');
  if (typeof clean === 'string') return problem('file-unfit', { detail: WHY[clean] });
  return {
    ...clean,
    name: nameAs(name, clean.type),
    sha256: createHash('sha256').update(clean.bytes).digest('hex'),
  };
}

/** What speaks against one more; undefined for nothing. */
export async function roomProblem(
  engine: Engine,
  { thing, thingId, place }: Thing,
  kept: Kept,
): Promise<Problem | undefined> {
  const before = await attachmentsOf(engine, { thing, ids: [thingId] });
  const standing = before.filter(({ withdrawn }) => withdrawn === null);
  if (standing.length >= MOST_STANDING || before.length >= MOST_EVER) return problem('attachments-full');
  if (standing.some(({ content }) => content === kept.sha256)) return problem('attached-already');
  const used = await bytesOfPlace(engine, place);
  return used + kept.bytes.length > MOST_BYTES_OF_PLACE ? problem('attachments-no-room') : undefined;
}

/**
 * Keeps the bytes, once however often they are sent, and gives the row for the unit of whoever hangs it up. Bytes on which no
 * row comes to lie are nobody's, and do no harm.
 */
export async function attaching(
  { engine, ids, clock }: Pick<Deps, 'ids' | 'clock'> & { engine: Engine },
  of: Thing & { kept: Kept; addedBy: string },
): Promise<{ id: string; row: RowChange } | Problem> {
  const { kept, thing, thingId, place, addedBy } = of;
  const full = await roomProblem(engine, of, kept);
  if (isProblem(full)) return full;
  const { attachmentContents: t } = engine.tables;
  const [id, at] = [ids(), clock()];
  await engine.db
    .insert(t)
    .values({ id: kept.sha256, bytes: Buffer.from(kept.bytes), createdAt: at })
    .onConflictDoNothing();
  const values = {
    ...{ id, place, thing, thing_id: thingId, content: kept.sha256, name: kept.name, type: kept.type },
    ...{ size: kept.bytes.length, added_by: addedBy, created_at: at },
  };
  return { id, row: { insert: 'attachments', values } };
}

/** The row by which one is withdrawn: its bytes stay (api/decisions/2026-12-01-evidence-is-kept-as-files.md). */
export function withdrawing(
  { ids, clock }: Pick<Deps, 'ids' | 'clock'>,
  of: { attachment: string; reason: string; by: string },
): RowChange {
  const { attachment, reason, by } = of;
  const values = { id: ids(), attachment, reason, withdrawn_by: by, created_at: clock() };
  return { insert: 'attachment_withdrawals', values };
}
