/** How large what a page is sent may be: a form's words are short, and few forms take a file. */

/** Bytes of a form without a file; a list with everything on it picked is some tens of thousands. */
const MOST = 512 * 1024;
/** The forms that take a file: a page's route and its action. How large a file may be is api/server.ts's to say. */
const TAKES_FILE: Readonly<Record<string, string>> = {
  '/(property)/fees/breaks': 'attach',
  '/(property)/fees/reconcile/[import]': 'attach',
  '/(merchant)/counter/goods/[goods]': 'photo',
};

type Sent = Pick<Request, 'method' | 'headers'>;

/** Said before anything of it is read. What does not say how long it is comes from no browser's form. */
export function isTooLarge({ method, headers }: Sent, to: { route: string | null; url: URL }): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  const action = TAKES_FILE[to.route ?? ''];
  // The first named is the one that is run; the rest of the address is words.
  const named = [...to.url.searchParams.keys()].find((key) => key.startsWith('/'));
  if (action !== undefined && named === `/${action}`) return false;
  const length = headers.get('content-length');
  return length === null ? headers.has('transfer-encoding') : Number(length) > MOST;
}

/** Read and forgotten, as far as the server reads any: a browser that is cut off while it sends shows no answer. */
export async function dropBody({ body }: Pick<Request, 'body'>): Promise<void> {
  const reader = body?.getReader();
  try {
    while (reader && !(await reader.read()).done);
  } catch {
    // Longer than any form may be: what is left is not waited for.
  }
}
