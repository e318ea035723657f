/**
 * Hanging a file on a thing. Protects: it is kept by what its bytes are, without what tells where it was made; it is never too
 * large, too many or more than a place has room for; and whose thing it is decides who may (the module that calls).
 */
import { createHash } from 'node:crypto';
import type { Engine } from '../db/index.ts';
import { tallyTotals, type Row, type RowChange, type Tally, type UnitBody } from '../ledger/index.ts';
import { isProblem, problem, type Deps, type Problem } from '../platform/index.ts';
import {
  attachmentsOf,
  bytesOfPlace,
  MOST_BYTES_OF_PLACE,
  MOST_EVER,
  MOST_STANDING,
  type Attachment,
  type Withdrawal,
} from './attachments.ts';
import { COUNTED, hashOfDeed, takeUpBefore } from './bound.ts';
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

type Attaching = Thing & { kept: Kept; addedBy: string; book: number };
/** What a unit that hangs a file up, or withdraws one, is made of: its rows, its bytes, what it counts and commits to. */
export type FileDeed = Pick<UnitBody, 'contents'> & {
  id: string;
  rows: RowChange[];
  tallies: Tally[];
  memoCommitment: string;
};
type AttachDeps = Pick<Deps, 'ids' | 'clock' | 'journal'> & { engine: Engine };

/** Now; later only where a release before this one has dated a file ahead of this clock: nothing of today is of before. */
function notBefore({ clock }: AttachDeps, before: number): number {
  return Math.max(clock(), before);
}

/**
 * The parts of a unit that hangs a file up: its bytes are kept with its row or not at all, and the counters refuse what is
 * too many whoever else adds at the same time. `instead`: of the one that it takes the place of.
 */
export async function attaching(
  deps: AttachDeps,
  of: Attaching & { instead?: { attachment: string; reason: string } },
): Promise<FileDeed | Problem> {
  const { engine, ids } = deps;
  const { kept, thing, thingId, place, addedBy, instead } = of;
  const before = await takeUpBefore(deps, of.book);
  if (isProblem(before)) return before;
  const counted = await counting(engine, of);
  if (isProblem(counted)) return counted;
  const [id, at] = [ids(), notBefore(deps, before)];
  const { bytes, sha256, name, type } = kept;
  const attached = {
    ...{ id, version: 1, place, thing, thingId, content: sha256, name, type },
    ...{ size: bytes.length, addedBy, createdAt: at },
  };
  const gone = instead && { id, version: 1, ...instead, withdrawnBy: addedBy, createdAt: at };
  return {
    id,
    rows: [{ insert: 'attachments', values: cellsOf(attached) }, ...(gone ? [withdrawalRow(gone)] : [])],
    contents: [{ table: 'attachment_contents', id: sha256, bytes, createdAt: at }],
    tallies: [...counted, ...(gone ? withdrawalTallies(of, gone.attachment, true) : [])],
    memoCommitment: hashOfDeed({ attached, withdrawn: gone ?? null }),
  };
}

/** Withdraws one: its bytes stay (api/decisions/2026-12-01-evidence-is-kept-as-files.md). */
export async function withdrawing(
  deps: AttachDeps,
  of: { attachment: Attachment; reason: string; by: string; book: number },
): Promise<FileDeed | Problem> {
  const { attachment, reason, by, book } = of;
  const before = await takeUpBefore(deps, book);
  if (isProblem(before)) return before;
  const ever = (await tallyTotals(deps.engine, { book, keys: [keyOf('ever', attachment)] })).values();
  const [id, at] = [deps.ids(), notBefore(deps, before)];
  const gone = { id, version: 1, attachment: attachment.id, reason, withdrawnBy: by, createdAt: at };
  return {
    id,
    rows: [withdrawalRow(gone)],
    tallies: withdrawalTallies(
      attachment,
      attachment.id,
      [...ever].some((total) => total > 0),
    ),
    memoCommitment: hashOfDeed({ attached: null, withdrawn: gone }),
  };
}

/** What the counters say against one more, in words of files. */
export function attachmentRefusal<Done>(done: Done | Problem): Done | Problem {
  if (!isProblem(done) || done.code !== 'cap-exceeded') return done;
  if (!done.counter?.startsWith(COUNTED)) return done;
  return problem(done.counter.startsWith(`${COUNTED}bytes`) ? 'attachments-no-room' : 'attachments-full');
}

const keyOf = (what: 'ever' | 'standing', { thing, thingId }: Pick<Thing, 'thing' | 'thingId'>) =>
  `${COUNTED}${what}:${thing}:${thingId}`;

/** One more of a thing, and as many bytes of its place. What was there before anything was counted counts with the first. */
async function counting(engine: Engine, of: Attaching): Promise<Tally[] | Problem> {
  const { thing, thingId, place, kept, book } = of;
  const [ever, standing] = [keyOf('ever', of), keyOf('standing', of)];
  const bytes = `${COUNTED}bytes:${place}`;
  const totals = await tallyTotals(engine, { book, keys: [ever, bytes] });
  const before = await attachmentsOf(engine, { thing, ids: [thingId] });
  const stand = before.filter(({ withdrawn }) => withdrawn === null);
  if (stand.some(({ content }) => content === kept.sha256)) return problem('attached-already');
  const count = (key: string, add: number, max: number, of: { total: number; uncounted: number }): Tally =>
    of.total > 0 ? { key, add, max } : { key, add: add + of.uncounted, max, was: 0 };
  const [total, used] = [totals.get(ever) ?? 0, totals.get(bytes) ?? 0];
  const uncounted = used > 0 ? 0 : await bytesOfPlace(engine, place);
  const tallies = [
    count(ever, 1, MOST_EVER, { total, uncounted: before.length }),
    count(standing, 1, MOST_STANDING, { total, uncounted: stand.length }),
    count(bytes, kept.bytes.length, MOST_BYTES_OF_PLACE, { total: used, uncounted }),
  ];
  return tallies;
}

/** `isCounted`: the thing's files are; what hung there before anything was counted is not missed where nothing came since. */
function withdrawalTallies(of: Pick<Thing, 'thing' | 'thingId'>, id: string, isCounted: boolean): Tally[] {
  const once = { key: `${COUNTED}withdrawn:${id}`, add: 1, max: 1 };
  return isCounted ? [once, { key: keyOf('standing', of), add: -1, min: 0 }] : [once];
}

function cellsOf({ thingId, addedBy, createdAt, version: _, ...same }: Attachment): Row {
  return { ...same, thing_id: thingId, added_by: addedBy, created_at: createdAt };
}

function withdrawalRow({ id, attachment, reason, withdrawnBy, createdAt }: Withdrawal): RowChange {
  const values = { id, attachment, reason, withdrawn_by: withdrawnBy, created_at: createdAt };
  return { insert: 'attachment_withdrawals', values };
}
