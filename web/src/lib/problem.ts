/** A refusal or a fault as a page shows it: what it is, what to do now, and what to say beside each field. */
export type Problem = {
  code: string;
  status: number;
  title: string;
  advice: string;
  detail: string | null;
  fields: Record<string, string>;
  /** The rules decided it and it is remembered: the form's next try carries a new key. */
  needsNewKey: boolean;
  retryAfterS: number | null;
};

type Words = { zh: string; en: string };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isWords(value: unknown): value is Words {
  return isRecord(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string';
}

/** What a page says when an answer is no problem of ours: a proxy's page, a cut connection. */
export type Unknown = { title: string; advice: string };

/** Reads an RFC 9457 body in the reader's language; anything else becomes the `unknown` words. */
export function parseProblem(body: unknown, status: number, locale: string, unknown: Unknown): Problem {
  const pick = (value: unknown) => (isWords(value) ? value[locale === 'en' ? 'en' : 'zh'] : undefined);
  const plain: Problem = {
    code: 'unknown',
    status,
    ...unknown,
    detail: null,
    fields: {},
    needsNewKey: false,
    retryAfterS: null,
  };
  if (!isRecord(body) || typeof body['code'] !== 'string') return plain;
  const fields: Record<string, string> = {};
  for (const entry of Array.isArray(body['fields']) ? (body['fields'] as unknown[]) : []) {
    const words = pick(entry);
    if (isRecord(entry) && typeof entry['field'] === 'string' && words !== undefined) {
      fields[entry['field']] ??= words;
    }
  }
  return {
    ...plain,
    code: body['code'],
    title: pick(body['titles']) ?? unknown.title,
    advice: pick(body['advice']) ?? unknown.advice,
    detail: pick(body['details']) ?? null,
    fields,
    needsNewKey: body['needsNewKey'] === true,
  };
}

/** Reads the problem out of an answer that was not ok. */
export async function readProblem(response: Response, locale: string, unknown: Unknown): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const wait = Number(response.headers.get('retry-after'));
  const problem = parseProblem(body, response.status, locale, unknown);
  return Number.isFinite(wait) && wait > 0 ? { ...problem, retryAfterS: wait } : problem;
}
