/**
 * Protects: whoever has a phone can sign in as each person who has it by a code, so that two people share one is said by
 * a person and never by a slip of a file. Pure.
 */
import type { Question } from './import-questions.ts';

const NAMED = 8;

/** What to ask before the rows of these numbers give a phone to one more person. */
export function sharedPhonesQuestion(rows: readonly number[]): Question | undefined {
  if (rows.length === 0) return undefined;
  const named = rows.slice(0, NAMED);
  const more = rows.length > NAMED;
  return {
    code: 'shared-phones',
    zh: `有 ${rows.length} 行的手机号已经是别人的（第 ${named.join('、')} 行${more ? '等' : ''}）。合用手机的人，谁收到验证码都能登录其中任何一位的账号。手机号没有填错，确实是一家人合用`,
    en: `${rows.length} rows give a phone that somebody else has (rows ${named.join(', ')}${more ? ' and more' : ''}). Whoever gets a code on a shared phone can sign in as any of those who share it. The numbers are right, and families do share them`,
  };
}
