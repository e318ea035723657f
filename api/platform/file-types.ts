/** How the files that people send and take away name themselves, in headers and in the documentation. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV_TYPE = 'text/csv';

const bytes = { type: 'string', format: 'binary' } as const;

/** An answer that is a file: of which types it can be. */
export function fileAnswer(description: string, ...types: readonly [string, ...string[]]) {
  return { description, content: Object.fromEntries(types.map((type) => [type, { schema: bytes }])) };
}

/** The request body of an upload (`readUpload`): the bytes themselves, or a form with the field `file`. */
export function uploadBody(example: string | undefined) {
  const form = { type: 'object', properties: { file: bytes }, required: ['file'] };
  return {
    required: true,
    content: {
      [CSV_TYPE]: { schema: bytes, ...(example !== undefined && { example }) },
      [XLSX_TYPE]: { schema: bytes },
      'multipart/form-data': { schema: form },
    },
  };
}
