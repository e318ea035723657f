import { expect, it } from 'vitest';
import { givenWords, isNews } from './password-given.ts';

const at = '2026-06-13T16:30:00.000Z';

it('a reset is news until its reader has seen it; a first password, or one of one’s own, is none', () => {
  const reset = { by: 'staff', at, again: true } as const;
  expect(isNews(reset, undefined)).toBe(true);
  expect(isNews(reset, '2026-01-01T00:00:00.000Z')).toBe(true);
  expect(isNews(reset, at)).toBe(false);
  expect(isNews({ ...reset, again: false }, undefined)).toBe(false);
  expect(isNews(null, undefined)).toBe(false);
});

it('says who did it as what, and on which day of Shanghai’s', () => {
  expect(givenWords({ by: 'staff', at, again: true }, 'zh-CN')).toBe(
    '您的密码由社区工作人员在2026年6月14日重设过。',
  );
  expect(givenWords({ by: 'operator', at, again: false }, 'zh-CN')).toBe(
    '您现在的密码是系统管理员在2026年6月14日为您设的。',
  );
  expect(givenWords({ at, again: true }, 'zh-CN')).toBe('您的密码由别人在2026年6月14日重设过。');
});
