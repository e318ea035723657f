import { describe, expect, it } from 'vitest';
import { isPublicAddress, parseEndpoint } from './addresses.ts';

const inside = [
  ...['0.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.254', '127.0.0.1', '127.8.8.8'],
  ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.7', '192.168.1.1'],
  ...['198.18.0.1', '198.19.255.255', '198.51.100.3', '203.0.113.9', '224.0.0.1', '239.1.1.1'],
  ...['240.0.0.1', '255.255.255.255', '192.88.99.1'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a00:1', '::7f00:1', '64:ff9b::a00:1'],
  ...['fc00::1', 'fd12:3456::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '100::1'],
  ...['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '2606:4700::1%lo', 'localhost', '', '1.2.3'],
];
const outside = [
  ...['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.1', '100.63.255.255', '100.128.0.0', '172.15.0.1'],
  ...['172.32.0.1', '192.167.0.1', '192.169.0.1', '198.17.0.1', '198.20.0.1', '223.255.255.255'],
  ...['2606:4700:4700::1111', '2400:3200::1', '2001:4860:4860::8888'],
];

describe('an address that a webhook may be sent to', () => {
  it.each(inside)('%s is not one', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(outside)('%s is one', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('the address of an endpoint', () => {
  const isTaken = (url: string, production = true) => parseEndpoint(url, { production }) !== undefined;

  it.each([
    ...['http://shop.example.com/', 'ftp://shop.example.com/', 'https://localhost/', 'https://intranet/'],
    ...['https://127.0.0.1/', 'https://0x7f.1/', 'https://2130706433/', 'https://017700000001/'],
    ...['https://[::1]/', 'https://[::ffff:10.0.0.1]/', 'https://10.1.1.1:8443/', 'https://a.localhost/'],
    ...['https://db.internal/', 'https://printer.local./', 'https://user:pw@shop.example.com/'],
    ...[
      'https://shop.example.com/#a',
      'shop.example.com',
      '',
      'javascript:alert(1)',
      'http://localhost:9000/',
    ],
  ])('%s is refused', (url) => expect(isTaken(url)).toBe(false));

  it('is https, and http only for the same machine while one is being developed on', () => {
    expect(isTaken('https://shop.example.com:8443/hooks?from=linli')).toBe(true);
    expect(isTaken('https://8.8.8.8/hooks')).toBe(true);
    expect(isTaken('http://localhost:9000/hooks', false)).toBe(true);
    expect(isTaken('http://10.0.0.1:9000/hooks', false)).toBe(false);
  });
});
