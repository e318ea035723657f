/** For whom a page is shown (代办): the choice is kept in a cookie, and the API is told with each question. */
export type Acting = { person: string; name: string; may: 'view' | 'spend' };

export const actingCookie = 'linli_for';
export const forHeader = 'linli-for';

/** Member pages that are only ever the visitor's own. */
const ownPages = ['/(member)/me/acting', '/(member)/me/notices'];
/** What every page asks about its visitor. */
const ownQuestions = new Set([
  '/api/v1/me',
  '/api/v1/me/principals',
  '/api/v1/me/sign-in',
  '/api/v1/me/unread-notices',
]);

/** Whether a page can be somebody else's. */
export function isActingPage(routeId: string | null): boolean {
  return routeId?.startsWith('/(member)/') === true && !ownPages.some((own) => routeId.startsWith(own));
}

/** Whether a page's question to the API is asked for whom the visitor acts for. */
export function isForAnother(routeId: string | null, path: string): boolean {
  return isActingPage(routeId) && path.startsWith('/api/v1/') && !ownQuestions.has(path);
}
