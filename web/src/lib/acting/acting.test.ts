import { describe, expect, it } from 'vitest';
import { isActingPage, isForAnother } from './acting.ts';

describe('a page shown for somebody else', () => {
  it('is a page of their book, never of settings, notices, helpers or the account', () => {
    expect(['/(member)/me', '/(member)/me/bills/[bill]', '/(member)/me/code'].map(isActingPage)).toEqual([
      true,
      true,
      true,
    ]);
    const own = ['/(member)/me/acting', '/(member)/me/notices/settings', '/account/password', '/', null];
    expect(own.some(isActingPage)).toBe(false);
  });

  it('asks who is signed in about the visitor, and the rest about them', () => {
    expect(isForAnother('/(member)/me', '/api/v1/me/points')).toBe(true);
    expect(isForAnother('/(member)/me', '/api/v1/me')).toBe(false);
    expect(isForAnother('/(member)/me', '/api/auth/sign-out')).toBe(false);
    expect(isForAnother('/account', '/api/v1/me/points')).toBe(false);
  });
});
