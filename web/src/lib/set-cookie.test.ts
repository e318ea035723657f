import { expect, it } from 'vitest';
import { parseSetCookie } from './set-cookie.ts';

it('a session cookie keeps its value as encoded and all that protects it', () => {
  const line =
    '__Secure-linli.session_token=abc.d%2Fe%3D; Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Strict';
  expect(parseSetCookie(line)).toEqual({
    name: '__Secure-linli.session_token',
    value: 'abc.d%2Fe%3D',
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
    maxAge: 604800,
  });
});

it('signing out expires the cookie', () => {
  expect(parseSetCookie('s=; Max-Age=0; Path=/')).toMatchObject({ name: 's', value: '', maxAge: 0 });
});

it('a line without a name is no cookie', () => {
  expect(parseSetCookie('=x; Path=/')).toBeUndefined();
});
