/** A file that a route is sent: as the body itself with its name in the query, or as the field `file` of a form. */
import type { Context } from 'hono';
import { isProblem, limitedBody, problem, UPLOAD_LIMIT, z, type Problem } from '../platform/index.ts';
import type { ImportFile } from './imports.ts';

const SheetQuery = z.object({
  sheet: z.string().max(100).optional().openapi({
    description:
      '工作簿里的哪一张表；不写时是表头对得上的第一张 · Which sheet of a workbook; the first whose header fits, where nothing is said',
    example: '2栋',
  }),
});
export const UploadQuery = SheetQuery.extend({
  dryRun: z.enum(['true', 'false']).optional().openapi({
    description: '只检查不导入 · Only check, write nothing',
  }),
  fileName: z.string().max(200).optional().openapi({ example: '花名册.xlsx' }),
  confirm: z.string().max(200).optional().openapi({
    description:
      '已经由人确认的问题，用逗号分开 · The questions that a person has answered, by code, with commas',
    example: 'other-estate,new-houses',
  }),
});
export const RejectedQuery = UploadQuery.pick({ fileName: true, sheet: true }).extend({
  format: z.enum(['xlsx', 'csv', 'csv-gb18030']).optional(),
});

/** The codes of the questions that the request answers. */
export function confirmedIn({ confirm = '' }: { confirm?: string | undefined }): string[] {
  return confirm.split(',').filter((code) => code !== '');
}

const FORM = /^multipart\/form-data\s*;/i;

type Chosen = { fileName?: string | undefined; sheet?: string | undefined };

/** Of at most `limit` bytes, a form's around it with them. */
export async function readUpload(
  c: Context,
  { fileName, sheet }: Chosen,
  limit = UPLOAD_LIMIT,
): Promise<ImportFile | Problem> {
  const file = await sentFile(c, fileName, limit);
  return isProblem(file) || sheet === undefined || sheet === '' ? file : { ...file, sheet };
}

async function sentFile(
  c: Context,
  fileName: string | undefined,
  limit: number,
): Promise<ImportFile | Problem> {
  const type = c.req.header('content-type') ?? '';
  if (!FORM.test(type)) return { source: limitedBody(c, limit), fileName: cleanName(fileName) };
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitedBody(c, limit)) chunks.push(chunk);
  const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  const file = form?.get('file');
  if (file === null || file === undefined || typeof file === 'string') {
    return problem('invalid-input', {
      fields: [{ field: 'file', zh: '请选择要上传的文件', en: 'Choose a file' }],
    });
  }
  return { source: new Uint8Array(await file.arrayBuffer()), fileName: cleanName(fileName ?? file.name) };
}

/** What steers a line instead of standing in it, and turns the rest of a name around (`exe.jpg` for `gpj.exe`). */
const STEERING = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A name is kept and shown; it must be storable on both engines, and fit for a header: what cuts it may halve a character. */
export function cleanName(name: string | undefined): string {
  const clean = (name ?? '').replaceAll(STEERING, '').slice(0, 200).toWellFormed().trim();
  return clean === '' ? 'file' : clean;
}
