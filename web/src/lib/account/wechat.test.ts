import { describe, expect, it } from 'vitest';
import { wayOfBrowser, wechatNews, wordOfProblem } from './wechat.ts';

describe('the way to WeChat', () => {
  it.each([
    ['Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36 MicroMessenger/8.0.50', 'inside'],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 MicroMessenger/7.0.20 WindowsWechat', 'inside'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36', 'desk'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Safari/604.1', null],
    ['Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/7.0.1 wxwork/4.1', null],
    ['', null],
  ])('in %s is %s', (userAgent, way) => expect(wayOfBrowser(userAgent)).toBe(way));
});

it('a word of the address that nobody knows is a sign-in that ended', () => {
  expect(wechatNews('<b>')).toMatchObject({ word: 'ended' });
  expect(wechatNews(null)).toBeNull();
  expect(['wechat-denied', 'locked-out', 'account-ended', 'overloaded'].map(wordOfProblem)).toEqual([
    'denied',
    'locked',
    'account-ended',
    'ended',
  ]);
});
