/**
 * A firm's list of payments (收款明细) most often runs over all of its estates. Protects: a row of another estate is never
 * compared with our offsets, although its house and amount may well be those of one. Pure.
 */
import { plainEstateName } from '../../places/index.ts';

type Row = { readonly estate: string; readonly amountFen: number };

export type EstateNames = {
  /** As we call it. */
  name: string;
  /** Names and codes that a person has confirmed with an earlier file. */
  known: readonly string[];
  /** The names of all other estates that we know: none of them is this one's old or short name. */
  elsewhere: readonly string[];
};
export type OtherEstate = { name: string; rows: number; fen: number };
export type OwnRows<R> = {
  rows: R[];
  /** Set aside, to be taken in there; in the order of the list. */
  others: OtherEstate[];
  /** The only name that the list gives and that nobody has confirmed yet: its rows are among `rows`. */
  strange: string | undefined;
  /** What the list calls the estate beside its name. */
  otherNames: string[];
};

/**
 * A list that gives one strange name or code throughout may have this estate's old or short one: a person says so. Beside
 * this estate's name, or another's, it is another estate's.
 */
export function ownRows<R extends Row>(
  rows: readonly R[],
  { name, known, elsewhere }: EstateNames,
): OwnRows<R> {
  const own = plainEstateName(name);
  const others = new Set(elsewhere.map(plainEstateName).filter((other) => other !== own));
  const isOwn = (given: string) =>
    given === '' ||
    plainEstateName(given) === own ||
    (known.includes(given) && !others.has(plainEstateName(given)));
  const given = [...new Set(rows.map(({ estate }) => estate))].filter((each) => each !== '');
  const [first, second] = given;
  const isStrange = first !== undefined && second === undefined && !isOwn(first);
  const strange = isStrange && !others.has(plainEstateName(first)) ? first : undefined;
  const kept: R[] = [];
  const aside = new Map<string, OtherEstate>();
  for (const row of rows) {
    if (row.estate === strange || isOwn(row.estate)) {
      kept.push(row);
      continue;
    }
    const other = aside.get(row.estate) ?? { name: row.estate, rows: 0, fen: 0 };
    aside.set(row.estate, { ...other, rows: other.rows + 1, fen: other.fen + row.amountFen });
  }
  const otherNames = given.filter(
    (each) => plainEstateName(each) !== own && (each === strange || isOwn(each)),
  );
  return { rows: kept, others: [...aside.values()], strange, otherNames };
}

/**
 * The other estate that a list without such a column is headed by: its file, sheet or title names that one and not this
 * one. Undefined where none of them does.
 */
export function headedElsewhere(
  headings: readonly string[],
  { name, elsewhere }: Pick<EstateNames, 'name' | 'elsewhere'>,
): string | undefined {
  const text = headings.join(' ').replace(/\s/g, '');
  if (text.includes(plainEstateName(name))) return undefined;
  const others = elsewhere.map(plainEstateName).filter((other) => [...other].length > 1);
  return others.find((other) => text.includes(other));
}
