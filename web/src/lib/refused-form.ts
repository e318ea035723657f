/**
 * What refuses a form before its action is run, to a form with scripts: as the result of an action, for it would not hear
 * anything else. Undefined for one without, which is shown a page.
 */
export function refusedForm(
  { status, message }: { status: number; message: string },
  accept: string,
): Response | undefined {
  if (!accept.includes('application/json')) return undefined;
  return Response.json({ type: 'error', error: { message } }, { status });
}
