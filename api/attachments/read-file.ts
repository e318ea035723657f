/** A file as it is sent, read no further than it may be; and as it is given back. */
import type { Context } from 'hono';
import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { readUpload } from '../places/index.ts';
import { isProblem, problem, ProblemError, type Problem } from '../platform/index.ts';
import { MOST_BYTES, type Attachment } from './attachments.ts';
import type { SentFile } from './attach.ts';
import { endingOf, nameAs } from './files/name-as.ts';

/** What a form writes around its file. */
const AROUND = 64 * 1024;
/** Of the request, as its route declares it. */
export const MOST_SENT = MOST_BYTES + AROUND;

export async function readFile(c: Context, fileName: string | undefined): Promise<SentFile | Problem> {
  const file = await readUpload(c, { fileName }, MOST_SENT);
  if (isProblem(file)) return file;
  const { source, fileName: name } = file;
  const bytes = source instanceof Uint8Array ? source : await whole(source);
  if (bytes.length <= MOST_BYTES) return { bytes, name };
  return problem('too-large', { detail: { zh: '最多 5 MB。', en: 'At most 5 MB.' } });
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * A picture is shown, anything else is for saving. Whatever a browser makes of it, it is no page of ours: it is not guessed
 * at, runs nothing and reaches nothing.
 */
export async function giveFile(
  { reader, tables: { attachmentContents: t } }: Engine,
  { content, name, type }: Pick<Attachment, 'content' | 'name' | 'type'>,
): Promise<Response> {
  const [row] = await reader.select({ bytes: t.bytes }).from(t).where(eq(t.id, content));
  if (!row) throw new ProblemError(problem('not-found'));
  const how = type.startsWith('image/') ? 'inline' : 'attachment';
  const saved = encodeURIComponent(nameAs(name, type));
  return new Response(new Uint8Array(row.bytes), {
    headers: {
      'content-type': type,
      'content-disposition': `${how}; filename="file${endingOf(type)}"; filename*=UTF-8''${saved}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    },
  });
}
