/** How the files that people send and take away name themselves, in headers and in the documentation. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV_TYPE = 'text/csv';

const bytes = { type: 'string', format: 'binary' } as const;

/** An answer that is a file: of which types it can be. */
export function fileAnswer(description: string, ...types: readonly [string, ...string[]]) {
  return { description, content: Object.fromEntries(types.map((type) => [type, { schema: bytes }])) };
}

/** The request body of an upload (`readUpload`): the bytes themselves, or a form with the field `file`. The example is of the first type. */
export function uploadBody(example: string | undefined, types: readonly string[] = [CSV_TYPE, XLSX_TYPE]) {
  const form = { type: 'object', properties: { file: bytes }, required: ['file'] };
  const plain = types.map((type, nth) => {
    return [type, { schema: bytes, ...(nth === 0 && example !== undefined && { example }) }];
  });
  return {
    required: true,
    content: { ...Object.fromEntries(plain), 'multipart/form-data': { schema: form } },
  };
}
