/**
 * 积分码: a member's code lives a minute, works once, and is kept as hashes only. Making one ends the one before, but
 * not for a till that has already looked it up.
 */
import { hash as digest, randomBytes } from 'node:crypto';
import { and, desc, eq, gt, inArray, isNull, like, lt, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { byConsent, type ActedBy } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { isProblem, problem, together, type Problem } from '../platform/index.ts';
import { CODE_RANDOM_BYTES, codeLink, codeState, createCode, formatDigits, readCode } from './rules/code.ts';

export type CodeRow = Engine['tables']['codes']['$inferSelect'];
export type ShownCode = { id: string; link: string; digits: string; endsAt: number };

/** How long a till that has looked a code up may take to confirm. */
export const CONFIRM_WITHIN_MS = 180_000;

/** Each code ends the one before: only the latest can be live, with those that another process made at the same moment. */
const LATEST = 16;

const hashOf = (text: string): string => digest('sha256', text);

export async function makeCode(
  { engine, ids, clock }: Pick<ProductDeps, 'engine' | 'ids' | 'clock'>,
  input: { book: number; member: string; actedBy?: ActedBy | null; origin: string },
): Promise<ShownCode> {
  const { codes } = engine.tables;
  const now = clock();
  const { token, digits, endsAt } = createCode(randomBytes(CODE_RANDOM_BYTES), now);
  const id = ids();
  const row = {
    id,
    version: 1,
    book: input.book,
    member: input.member,
    tokenHash: hashOf(token),
    digitsHash: hashOf(digits),
    createdAt: now,
    endsAt,
    actedBy: input.actedBy ?? null,
  };
  await engine.atomically((db) => [
    db
      .update(codes)
      .set({ endsAt: now })
      .where(
        and(
          inArray(
            codes.id,
            db
              .select({ id: codes.id })
              .from(codes)
              .where(eq(codes.member, input.member))
              .orderBy(desc(codes.id))
              .limit(LATEST),
          ),
          gt(codes.endsAt, now),
          isNull(codes.usedAt),
        ),
      ),
    db.insert(codes).values(row),
  ]);
  return { id, link: codeLink(input.origin, token), digits: formatDigits(digits), endsAt };
}

/** Asked at each sale and by each phone that shows one, so together with those of the same moment. */
export const findCode = together(async ({ db, tables: { codes } }: Engine, ids) => {
  const rows = await db
    .select()
    .from(codes)
    .where(inArray(codes.id, [...ids]));
  return new Map(rows.map((row): [string, CodeRow] => [row.id, row]));
});

const DAY_MS = 86_400_000;
/** Long enough for whoever asks at the counter what became of a code that nobody used. */
const KEEP_UNUSED_MS = DAY_MS;
/** What gave points says so for a month; by then the purchase itself has long had its receipt, clerk and time. */
const KEEP_GIVEN_MS = 30 * DAY_MS;
/** At once, so that no till waits behind a long deletion. */
const SWEPT_AT_ONCE = 500;

/**
 * Housekeeping: codes that ended unused say only when somebody showed one, and go after a day; those that points were
 * given for go after a month. A redemption names its code, so that one stays, and says for ever when and by whom.
 */
export async function sweepCodes({ db, tables: { codes } }: Engine, now: number): Promise<void> {
  const gone = or(
    and(lt(codes.endsAt, now - KEEP_UNUSED_MS), isNull(codes.usedAt)),
    and(lt(codes.endsAt, now - KEEP_GIVEN_MS), like(codes.usedFor, 'purchase:%')),
  );
  for (;;) {
    const some = db
      .select({ id: codes.id })
      .from(codes)
      .where(and(lt(codes.endsAt, now - KEEP_UNUSED_MS), gone))
      .orderBy(codes.endsAt)
      .limit(SWEPT_AT_ONCE);
    const swept = await db.delete(codes).where(inArray(codes.id, some)).returning({ id: codes.id });
    if (swept.length < SWEPT_AT_ONCE) return;
  }
}

/** What was scanned or typed at a till; `isTyped` when it was digits, which can be guessed and are counted. */
export function readScan(text: string, origin: string): { hash: string; isTyped: boolean } | Problem {
  const read = readCode(text, origin);
  if ('token' in read) return { hash: hashOf(read.token), isTyped: false };
  if ('digits' in read) return { hash: hashOf(read.digits), isTyped: true };
  return problem(read.fault === 'typo' ? 'code-mistyped' : 'code-unknown');
}

/** Eleven random digits come again now and then over the years; whoever types them means the last code that had them. */
const SAME_DIGITS = 4;

/** Finds a live code and notes the till; a used or ended one says so. */
export async function resolveCode(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  input: { scan: { hash: string; isTyped: boolean }; place: string; book: number },
): Promise<CodeRow | Problem> {
  const { codes } = engine.tables;
  const { hash, isTyped } = input.scan;
  const rows = await engine.db
    .select()
    .from(codes)
    .where(isTyped ? eq(codes.digitsHash, hash) : eq(codes.tokenHash, hash))
    .orderBy(desc(codes.endsAt))
    .limit(SAME_DIGITS);
  const now = clock();
  const found = rows.find((row) => codeState(row, now) === 'live') ?? rows[0];
  if (found?.book !== input.book) return problem('code-unknown');
  const wrong = codeProblem(found, { place: input.place, now }) ?? (await consentProblem(engine, found, now));
  if (wrong) return wrong;
  // Once the code has ended, looking it up again must not prolong what is left to confirm it.
  if (codeState(found, now) !== 'live') return found;
  const resolved = { resolvedAt: now, resolvedPlace: input.place };
  await engine.db
    .update(codes)
    .set(resolved)
    .where(and(eq(codes.id, found.id), isNull(codes.usedAt)));
  return { ...found, ...resolved };
}

/** Why a code cannot be used at a place now; undefined when it can. */
export function codeProblem(code: CodeRow, at: { place: string; now: number }): Problem | undefined {
  const state = codeState(code, at.now);
  if (state === 'used') return usedProblem(code, at.place);
  if (state === 'live') return undefined;
  const resolvedHere = code.resolvedPlace === at.place && code.resolvedAt !== null;
  return resolvedHere && at.now < (code.resolvedAt ?? 0) + CONFIRM_WITHIN_MS
    ? undefined
    : problem('code-ended');
}

/** A code that a relative shows is worth what their consent is: it ends with it, also in the seconds at the till. */
export async function consentProblem(
  engine: Engine,
  { actedBy }: CodeRow,
  now: number,
): Promise<Problem | undefined> {
  return isProblem(await byConsent(engine, actedBy, now)) ? problem('code-ended') : undefined;
}

/** What a code was used for, as `usedFor` names it. */
const DONE: Readonly<Record<string, { zh: string; en: string }>> = {
  purchase: { zh: '记过分', en: 'points given' },
  redemption: { zh: '收过分', en: 'points taken' },
};

/** A repeat says what was done, when, whether it was at this till's place, and by whom; another shop is not named. */
export function usedProblem(code: CodeRow, place: string): Problem {
  const time = new Date((code.usedAt ?? 0) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  const by = (code.usedBy ?? '').slice(-4);
  const done = DONE[(code.usedFor ?? '').split(':')[0] ?? ''] ?? { zh: '用过', en: 'used' };
  const where = code.usedPlace === place ? { zh: '在本店', en: 'here' } : { zh: '在别处', en: 'elsewhere' };
  return problem('code-used', {
    detail: {
      zh: `已于 ${time} ${where.zh}${done.zh}，经手人尾号 ${by}`,
      en: `${done.en} ${where.en} at ${time} by clerk …${by}`,
    },
  });
}
