import { isIPv6 } from 'node:net';
import type { Context } from 'hono';
import type { Config } from './config.ts';
import type { AppEnv, RouteDeps } from './deps.ts';

/**
 * Where a request came from: its network address, and whether a page of another site made a browser send it.
 */
export function originChecks(
  config: Pick<Config, 'origin' | 'trustProxy'>,
): Pick<RouteDeps, 'addressOf' | 'isCrossSite'> {
  return {
    addressOf: (c) => {
      // The nearest proxy appends the address that it saw; what stands before it, a stranger may have written.
      const forwarded = config.trustProxy
        ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
        : undefined;
      return networkOf(forwarded || (c.env?.incoming?.socket.remoteAddress ?? 'in-process'));
    },
    isCrossSite: (c) => !c.env?.inProcess && !isOurs(c, config.origin),
  };
}

/**
 * What limits and lock-outs count. A single line is given a whole /64 of IPv6, whose every address would be a stranger
 * with tries of their own; an IPv4 address is one however the socket spells it.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%', 1);
  if (!isIPv6(bare)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const { hostname } = new URL(`http://[${bare}]`);
  const [before = '', after] = hostname.slice(1, -1).split('::');
  const [left, right] = [groupsOf(before), groupsOf(after ?? '')];
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

/** Browsers name their page's origin on every unsafe request; one that names none and no fetch site is not trusted. */
function isOurs(c: Context<AppEnv>, ours: string | undefined): boolean {
  const origin = c.req.header('origin');
  if (origin === undefined) return c.req.header('sec-fetch-site') === 'same-origin';
  if (ours !== undefined) return origin === ours;
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Where our own links begin: as configured, else as the request came. */
export function originOf(c: Context<AppEnv>, config: Pick<Config, 'origin' | 'trustProxy'>): string {
  if (config.origin !== undefined) return config.origin;
  const url = new URL(c.req.url);
  // Several proxies each add theirs; the first is what the browser used.
  const forwarded = config.trustProxy ? c.req.header('x-forwarded-proto')?.split(',')[0]?.trim() : undefined;
  const proto = forwarded === 'https' || forwarded === 'http' ? forwarded : url.protocol.slice(0, -1);
  return `${proto}://${c.req.header('host') ?? url.host}`;
}
