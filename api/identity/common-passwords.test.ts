import { describe, expect, it } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';

describe('a password that everybody tries first', () => {
  it.each([
    '12345678',
    '87654321',
    '1234567890',
    '7890123456',
    'abcdefgh',
    'qwertyui',
    '88888888',
    '12121212',
    'abcabcabc',
    '1314131413141314',
    'password',
    'Password123',
    'passw0rd!',
    'linli2026',
    'woaini1314',
    '1qaz2wsx',
    '13800000001',
    '+8613800000001',
  ])('%s is one', (password) => expect(isCommonPassword(password)).toBe(true));

  it('is also the user name, with or without digits behind it', () => {
    expect(isCommonPassword('Wang.Xiulan', 'wang.xiulan')).toBe(true);
    expect(isCommonPassword('wang.xiulan1958', 'wang.xiulan')).toBe(true);
    expect(isCommonPassword('zhang58-1958', 'zhang58')).toBe(true);
    expect(isCommonPassword('wang.xiulan1958', 'li.jianguo')).toBe(false);
  });

  it.each(['linli-demo-2026', 'spring 2026 osmanthus', '20260613wxl', 'guihua8kai', 'a1468357'])(
    '%s is none',
    (password) => expect(isCommonPassword(password)).toBe(false),
  );
});
