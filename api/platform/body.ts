import type { Context } from 'hono';
import { problem, ProblemError } from './problems.ts';
import type { Problem } from './problems.ts';

export const JSON_LIMIT = 1024 * 1024;
export const UPLOAD_LIMIT = 50 * 1024 * 1024;

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** The declared length, where there is one, refused before a byte is read. */
export function lengthProblem(c: Context, limit: number): Problem | undefined {
  const declared = c.req.header('content-length');
  return declared !== undefined && Number(declared) > limit ? tooLarge(limit) : undefined;
}

/** Reads and parses a JSON body of at most `limit` bytes; what is wrong with it comes back as a problem. */
export async function readJson(c: Context, limit: number): Promise<{ readonly json: unknown } | Problem> {
  if (!JSON_TYPE.test(c.req.header('content-type') ?? '')) return problem('unsupported-type');
  try {
    // Node's parser holds a sender to its Content-Length; only a body without one has to be counted while it is read.
    const counted = c.req.header('content-length') === undefined;
    const bytes = counted ? await readCounted(c, limit) : await c.req.arrayBuffer();
    // Strict: bytes that are no UTF-8 would otherwise become U+FFFD in somebody's name.
    return { json: JSON.parse(strictUtf8.decode(bytes)) as unknown };
  } catch (error) {
    // A connection lost half-way is not the sender's bad JSON, but nobody is there to read the difference.
    return error instanceof ProblemError ? error.problem : problem('malformed-request');
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

async function readCounted(c: Context, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitedBody(c, limit)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** An upload as it arrives, never whole in memory; throws a ProblemError (`too-large`) past the limit. */
export async function* limitedBody(c: Context, limit: number = UPLOAD_LIMIT): AsyncGenerator<Uint8Array> {
  const body = c.req.raw.body;
  if (body === null) return;
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      total += value.byteLength;
      if (total > limit) throw new ProblemError(tooLarge(limit));
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function tooLarge(limit: number): Problem {
  const mib = limit / (1024 * 1024);
  return problem('too-large', { detail: { zh: `最多 ${mib} MB。`, en: `At most ${mib} MB.` } });
}
