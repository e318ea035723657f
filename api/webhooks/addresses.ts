/**
 * Where a webhook may go: to the public internet alone. Whoever may name an address could else have this server knock
 * at what only it can reach: its own database, a router, a cloud's metadata.
 */
import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose registries of IPv4. */
const notPublic = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  notPublic.addSubnet(net, bits, 'ipv4');

/** Of IPv6 only global unicast is public at all: no loopback, ULA, link-local, multicast, mapped IPv4 or NAT64. */
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

/** … and of that not what is for protocols and papers, or has an IPv4 address inside (Teredo, 6to4). */
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notPublic.addSubnet(net, bits, 'ipv6');

export function isPublicAddress(address: string): boolean {
  // A zone (%eth0) names an interface of this machine.
  if (address.includes('%')) return false;
  const family = isIP(address);
  if (family === 4) return !notPublic.check(address, 'ipv4');
  return family === 6 && global.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A program on the same machine, while one is being written; never in production. */
export function isLocal(url: URL): boolean {
  return url.protocol === 'http:' && LOCAL.has(url.hostname);
}

/** The address of an endpoint, or undefined for one that nothing is ever sent to. */
export function parseEndpoint(text: string, { production }: { production: boolean }): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return undefined;
  if (!production && isLocal(url)) return url;
  if (url.protocol !== 'https:') return undefined;
  // The parser has turned 0x7f.1 and 2130706433 into 127.0.0.1.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPublicAddress(host) ? url : undefined;
  return host.includes('.') && !/\.(?:localhost|local|internal)\.?$/.test(host) ? url : undefined;
}
