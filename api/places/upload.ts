/** A file that a route is sent: as the body itself with its name in the query, or as the field `file` of a form. */
import type { Context } from 'hono';
import { limitedBody, problem, UPLOAD_LIMIT, z, type Problem } from '../platform/index.ts';
import type { ImportFile } from './imports.ts';

export const UploadQuery = z.object({
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
export const RejectedQuery = UploadQuery.pick({ fileName: true }).extend({
  format: z.enum(['xlsx', 'csv', 'csv-gb18030']).optional(),
});

/** The codes of the questions that the request answers. */
export function confirmedIn({ confirm = '' }: { confirm?: string | undefined }): string[] {
  return confirm.split(',').filter((code) => code !== '');
}

const FORM = /^multipart\/form-data\s*;/i;

/** Of at most `limit` bytes, a form's around it with them. */
export async function readUpload(
  c: Context,
  fileName: string | undefined,
  limit = UPLOAD_LIMIT,
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

/** A name is kept and shown; it must be storable on both engines. */
function cleanName(name: string | undefined): string {
  const clean = (name ?? '').replaceAll('\0', '').toWellFormed().slice(0, 200).trim();
  return clean === '' ? 'file' : clean;
}
