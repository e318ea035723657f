import { entryOf, type Problem, type ProblemCode } from '../platform/index.ts';

/** Why a file was not taken in, with what it says of the file and of nobody in it. */
export type ImportRefusal = {
  code: ProblemCode;
  fields: readonly { field: string; zh: string; en: string }[];
};

/** What a page shows of a refused file; the whole answer went to whoever waited for it. */
const MOST_FIELDS = 10;

export function refusalOf({ code, fields = [] }: Problem): ImportRefusal {
  return { code, fields: fields.slice(0, MOST_FIELDS).map(({ field, zh, en }) => ({ field, zh, en })) };
}

export function refusalView({ code, fields }: ImportRefusal) {
  const { title, advice } = entryOf(code);
  return { code, title, advice, fields: [...fields] };
}
