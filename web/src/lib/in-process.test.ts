import { describe, expect, it } from 'vitest';
import type { RequestEvent } from '@sveltejs/kit';
import { askApi } from './in-process.server.ts';

/** A visit as far as askApi looks at it. */
function visit(headers: Record<string, string>) {
  const given: [string, string, Record<string, unknown>][] = [];
  const event = {
    request: new Request('http://linli.test/sign-in', { headers }),
    url: new URL('http://linli.test/sign-in'),
    locals: { locale: 'zh-CN' },
    cookies: { set: (...cookie: [string, string, Record<string, unknown>]) => given.push(cookie) },
  } as unknown as RequestEvent;
  return { event, given };
}

const asked = () => new Request('http://linli.test/api/v1/me', { method: 'POST', body: '{}' });

describe('a page asking the API in its own process', () => {
  it("carries the visitor's session, language and address, so that lock-outs hit the guesser and nobody else", async () => {
    const { event } = visit({ cookie: 's=a%2Fb', 'x-forwarded-for': '203.0.113.7' });
    let seen: Headers | undefined;
    await askApi(event, asked(), (request) => {
      seen = request.headers;
      return new Response();
    });
    expect(Object.fromEntries(seen ?? [])).toMatchObject({
      cookie: 's=a%2Fb',
      'x-forwarded-for': '203.0.113.7',
      'accept-language': 'zh-CN',
      origin: 'http://linli.test',
    });
  });

  it('hands the session that the API opens on to the visitor, byte for byte', async () => {
    const { event, given } = visit({});
    const answer = new Response(null, {
      headers: { 'set-cookie': 'linli.session_token=a%2Fb%3D; Path=/; HttpOnly; SameSite=Lax' },
    });
    await askApi(event, asked(), () => answer);
    const [[name, value, options] = []] = given;
    expect([name, value]).toEqual(['linli.session_token', 'a%2Fb%3D']);
    expect(options).toMatchObject({ path: '/', httpOnly: true, secure: false, sameSite: 'lax' });
    expect((options?.['encode'] as (word: string) => string)('a%2Fb%3D')).toBe('a%2Fb%3D');
  });
});
