/** A new book: its street from the official divisions, the first community, and who clears between funders and redeemers. */
import { and, eq, max } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { post } from '../ledger/index.ts';
import { addPlace, type Place, type PlaceKind, type ProductDeps } from '../places/index.ts';
import { isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { divisionsUnder, findStreet } from './divisions.ts';

const CLEARING = '积分结算中心';
const LAST_BOOK = 8_000;

export type Founded = { book: number; street: Place; community: Place };

/**
 * The street's book is opened if it has none yet; asked for again, what is there already is the answer, so a set-up that
 * broke off is simply done again. Further communities of the same street share its book.
 */
export function foundBook(
  deps: ProductDeps,
  { street: code, community: called, actor }: { street: string; community: string; actor: Actor },
): Promise<Founded | Problem> {
  return deps.engine.exclusively('found-book', async (engine) => {
    const official = await findStreet(code);
    if (!official) {
      const fields = [{ field: 'street', zh: '请从列表里选街道', en: 'Choose a street of the list' }];
      return problem('invalid-input', { fields });
    }
    const root = await rootOf(engine, code);
    const book = root?.book ?? (await nextBook(engine));
    if (book > LAST_BOOK) return problem('out-of-bounds');
    const add = (parent: string, kind: PlaceKind, name: string, division?: string) =>
      addPlace(
        { ...deps, engine },
        { book, parent, kind, name, ...(division !== undefined && { division }) },
      );
    const street = root ?? (await add('', 'street', official.name, code));
    if (isProblem(street)) return street;
    const opened = await openBook(deps, { book, street, code, actor });
    if (isProblem(opened)) return opened;
    const communities = await divisionsUnder(code);
    const division = communities.find(({ name }) => name === called)?.code;
    const community = await add(street.id, 'community', called, division);
    if (isProblem(community)) return community;
    const clearing = await add(street.id, 'clearing', CLEARING);
    return isProblem(clearing) ? clearing : { book, street, community };
  });
}

async function rootOf({ db, tables: { places: t } }: Engine, code: string): Promise<Place | undefined> {
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.parent, ''), eq(t.kind, 'street'), eq(t.division, code)));
  return row;
}

async function nextBook({ db, tables: { places: t } }: Engine): Promise<number> {
  const [row] = await db
    .select({ last: max(t.book) })
    .from(t)
    .where(eq(t.parent, ''));
  return (row?.last ?? 0) + 1;
}

function openBook(
  deps: ProductDeps,
  { book, street, code, actor }: { book: number; street: Place; code: string; actor: Actor },
) {
  const ask = { book, scope: 'operator', key: 'open', request: ['open', code] };
  const commands = [{ do: 'open' as const, code: `street-${code}`, name: street.name }];
  return post(deps, ask, { actor, place: street.id, commands });
}
