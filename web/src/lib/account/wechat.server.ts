import { api } from '$lib/api.ts';
import { wayOfBrowser, type WechatWay } from './wechat.ts';

/** A process has WeChat set up or has not, for as long as it runs; pages ask once. */
let known: readonly WechatWay[] | undefined;

/** The ways that are set up here; none where there is no sign-in with WeChat. */
export async function wechatWays(fetch: typeof globalThis.fetch): Promise<readonly WechatWay[]> {
  if (known !== undefined) return known;
  const response = await api(fetch).auth.wechat.$get();
  if (response.ok) known = (await response.json()).ways;
  // A busy moment is no answer: the next page asks again.
  else if (response.status === 404) known = [];
  return known ?? [];
}

/** The way that this visitor's browser can go, where it is set up. */
export async function wechatWayOf(
  fetch: typeof globalThis.fetch,
  request: Request,
): Promise<WechatWay | null> {
  const way = wayOfBrowser(request.headers.get('user-agent') ?? '');
  return way !== null && (await wechatWays(fetch)).includes(way) ? way : null;
}
