import { describe, expect, it } from 'vitest';
import type { RequestEvent } from '@sveltejs/kit';
import { askApi, findMe } from './in-process.server.ts';

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
    const encode = options?.['encode'] as ((word: string) => string) | undefined;
    expect(encode?.('a%2Fb%3D')).toBe('a%2Fb%3D');
  });
});

describe('who visits', () => {
  /** A visit with a session, of whom the API says `status`. */
  const visitOf = (status: number): RequestEvent => {
    const body = { person: { id: 'p', name: '李慧芳' }, roles: [] };
    return {
      request: new Request('http://linli.test/me', { headers: { accept: 'text/html' } }),
      route: { id: '/(member)/me' },
      cookies: { getAll: () => [{ name: 'linli.session_token', value: 's' }] },
      fetch: () => Promise.resolve(Response.json(body, { status })),
    } as unknown as RequestEvent;
  };

  it('is whom the session names, and nobody once it has ended', async () => {
    expect(await findMe(visitOf(200))).toEqual({ id: 'p', name: '李慧芳', roles: [] });
    expect(await findMe(visitOf(401))).toBeNull();
  });

  it.each([429, 500, 503])('is not taken for signed out when the API answers %i', async (status) => {
    await expect(findMe(visitOf(status))).rejects.toMatchObject({ status: 503 });
  });
});
