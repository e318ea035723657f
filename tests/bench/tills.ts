/** What a round of `redeem` needs in the server's process: clerks who signed in, and codes that their tills looked up. */
import { createSignIn, personRow } from '../../api/identity/index.ts';
import { isProblem, type Problem } from '../../api/platform/index.ts';
import type { Server } from '../../api/server.ts';
import { makeCode, readScan, resolveCode } from '../../api/shop/index.ts';
import { BOOK, type Stage } from './stage.ts';

/** A clerk of a merchant, with the cookie of a browser that signed in. */
export type Clerk = { merchant: string; cookie: string };
/** A code that the till of its clerk has looked up; the clerk by place in the list. */
export type LookedUp = { code: string; clerk: number };

const ORIGIN = 'http://127.0.0.1';
const PASSWORD = 'bench-counter-2026';
const AT_ONCE = 16;

function must<T>(result: T | Problem): T {
  if (isProblem(result)) throw new Error(`the tills were refused: ${result.code}`);
  return result;
}

export async function openTills({ app, deps }: Server, { merchants }: Stage): Promise<Clerk[]> {
  const { engine, ids, clock, identity } = deps;
  const { people, roles } = engine.tables;
  const clerks: Clerk[] = [];
  for (const [nth, merchant] of merchants.entries()) {
    const now = clock();
    const id = ids();
    const held = { role: 'clerk', place: merchant, validFrom: now - 1, validTo: null, grantedBy: 'bench' };
    await engine.db
      .insert(people)
      .values(personRow({ id, name: `店员${nth}`, phone: `139${String(nth).padStart(8, '0')}` }, now));
    await engine.db.insert(roles).values({ ...held, id: ids(), person: id });
    const username = `clerk${nth}`;
    const input = { person: id, username, password: PASSWORD, now, by: 'operator:bench', place: '' };
    const refused = await createSignIn({ engine, auth: identity.auth, ids }, input);
    if (refused) throw new Error(refused.code);
    const answer = await app.request(`${ORIGIN}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { origin: ORIGIN, host: '127.0.0.1', 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: PASSWORD, rememberMe: true }),
    });
    if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    clerks.push({ merchant, cookie: cookies.join('; ') });
  }
  return clerks;
}

/** So many members show a code, one after another, and each is looked up at a till. */
export async function showCodes(
  { deps }: Server,
  { merchants, spenders }: Stage,
  of: { from: number; count: number },
): Promise<LookedUp[]> {
  const shown: LookedUp[] = [];
  let next = of.from;
  const lane = async (): Promise<void> => {
    while (next < of.from + of.count) {
      const nth = next++;
      const clerk = nth % merchants.length;
      const [place, member] = [merchants[clerk] ?? '', spenders[nth % spenders.length] ?? ''];
      const { link } = await makeCode(deps, { book: BOOK, member, origin: ORIGIN });
      const scan = must(readScan(link, ORIGIN));
      const { id } = must(await resolveCode(deps, { scan, place, book: BOOK }));
      shown.push({ code: id, clerk });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return shown;
}

/** How many redemptions the book has, and how many codes they name. */
export type Taken = { redemptions: number; codes: number };

export async function countTaken({ deps: { engine } }: Server): Promise<Taken> {
  const { redemptions } = engine.tables;
  const rows = await engine.db.select({ code: redemptions.code }).from(redemptions);
  return { redemptions: rows.length, codes: new Set(rows.map(({ code }) => code)).size };
}

export type Confirm = {
  merchant: string;
  cookie: string;
  body: { code: string; points: string; unit: string; goods: string };
};

const MORE_THAN_ANYBODY_HAS = '9999999';

/**
 * The confirms of a round. Of a hundred, one is sent twice with keys of their own, as two tills that scanned it would, and
 * one asks for more than the member has: what is refused must be as sure as what is taken.
 */
export function confirmsOf(codes: readonly LookedUp[], clerks: readonly Clerk[]): Confirm[] {
  return codes.flatMap(({ code, clerk }, nth) => {
    const { merchant, cookie } = clerks[clerk] ?? { merchant: '', cookie: '' };
    const points = nth % 100 === 50 ? MORE_THAN_ANYBODY_HAS : '3';
    const confirm = { merchant, cookie, body: { code, points, unit: 'CON', goods: '洗衣液 1 瓶' } };
    return nth % 100 === 99 ? [confirm, confirm] : [confirm];
  });
}
