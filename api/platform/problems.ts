import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from '@hono/zod-openapi';
import { catalogue, entryOf, problemCodes } from './problem-catalogue.ts';
import type { ProblemCode, ProblemStatus } from './problem-catalogue.ts';
import { fieldProblems } from './problem-fields.ts';
import type { FieldProblem } from './problem-fields.ts';
import { languageOf } from './language.ts';
import type { Language, Words } from './language.ts';

/**
 * Refusals are values. A use case returns `problem('code', …)`; its route answers `refuse(c, it)`. Only this file
 * knows how a problem looks on the wire (RFC 9457), and only the catalogue knows its status and its words.
 */
export interface Problem {
  readonly kind: 'problem';
  readonly code: ProblemCode;
  /** What happened this time, where the title alone does not say it. Never a personal fact of somebody else. */
  readonly detail?: Words;
  readonly fields?: readonly FieldProblem[];
  /** Of what is done once: the kind of the name that was used already, such as `receipt`. Not sent. */
  readonly used?: string;
  /** The counter that stands against it, such as `stock:<goods>`. Not sent. */
  readonly counter?: string;
  /** Seconds until another try makes sense; sent as `Retry-After`. */
  readonly retryAfterS?: number;
}

export function problem(code: ProblemCode, extra: Omit<Problem, 'kind' | 'code'> = {}): Problem {
  return { kind: 'problem', code, ...extra };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && (value as Partial<Problem>).kind === 'problem';
}

/** For the few places that cannot return a value: a stream that grows too long, a middleware's depth. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
    this.name = 'ProblemError';
  }
}

export const WordsSchema = z.object({ zh: z.string(), en: z.string() });

export const ProblemSchema = z
  .object({
    type: z.string().openapi({ example: '/api/docs/problems/not-found' }),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(problemCodes).openapi({ description: 'Stable: programs may rely on it.' }),
    detail: z.string().optional(),
    titles: WordsSchema,
    advice: WordsSchema.openapi({ description: 'What to do now.' }),
    details: WordsSchema.optional(),
    fields: z.array(WordsSchema.extend({ field: z.string() })).optional(),
    needsNewKey: z.literal(true).optional().openapi({
      description: 'The rules decided this, and it is remembered: another try needs a new Idempotency-Key.',
    }),
  })
  .openapi('Problem');

export type ProblemBody = z.infer<typeof ProblemSchema>;

/**
 * The body is a function of the problem and the language alone: no request id, no time, no path. So a thing that
 * belongs to somebody else and a thing that does not exist answer with the same bytes.
 */
export function problemBody(found: Problem, language: Language): ProblemBody {
  const { title, advice, status, remembered } = entryOf(found.code);
  return {
    type: `/api/docs/problems/${found.code}`,
    title: title[language],
    status,
    code: found.code,
    ...(found.detail && { detail: found.detail[language] }),
    titles: title,
    advice,
    ...(found.detail && { details: found.detail }),
    ...(found.fields && { fields: found.fields.map(({ field, zh, en }) => ({ field, zh, en })) }),
    ...(remembered && { needsNewKey: true as const }),
  };
}

/** Answers with a problem. Typed as the 4XX member that every route of the kit declares. */
export function refuse(c: Context, found: Problem) {
  const body = problemBody(found, languageOf(c.req.raw.headers));
  // 5xx problems go the same way at run time; routes declare 4XX, since a caller handles both alike.
  const status = body.status as Exclude<ProblemStatus, 500 | 503 | 504>;
  return c.json(body, status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...(found.retryAfterS !== undefined && {
      'retry-after': String(Math.max(1, Math.ceil(found.retryAfterS))),
    }),
  });
}

const byStatus: Partial<Record<number, ProblemCode>> = {
  400: 'malformed-request',
  401: 'sign-in-needed',
  403: 'not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  409: 'changed-meanwhile',
  413: 'too-large',
  415: 'unsupported-type',
  422: 'invalid-input',
  429: 'too-many-requests',
  503: 'overloaded',
  504: 'timed-out',
} satisfies Partial<Record<ProblemStatus, ProblemCode>>;

/** What an exception says to the caller. An unknown one is a bug: `internal`, and not a word of its message. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof z.ZodError) return problem('invalid-input', { fields: fieldProblems(error.issues) });
  if (error instanceof HTTPException)
    return problem(byStatus[error.status] ?? (error.status < 500 ? 'malformed-request' : 'internal'));
  return problem('internal');
}

/** The app's one error handler. `report` gets what was not expected; `translate` knows other modules' exceptions. */
export function onError(
  report: (error: unknown) => void,
  translate: (error: unknown) => Problem | undefined = () => undefined,
) {
  return (error: Error, c: Context): Response => {
    const found = translate(error) ?? problemOf(error);
    if (entryOf(found.code).status === 500) report(error);
    return refuse(c, found);
  };
}

export { catalogue, entryOf, problemCodes };
export type { ProblemCode, FieldProblem, Words };
