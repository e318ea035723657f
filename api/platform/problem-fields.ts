import type { z } from '@hono/zod-openapi';
import type { Words } from './language.ts';

/** What is wrong with one field, in words for the person who filled it in. `field` is a path: `lines.2.amount`. */
export interface FieldProblem extends Words {
  readonly field: string;
}

const BOTH = '\u241f';

/**
 * A message in both languages for a zod schema: `z.string().regex(HOUSE, say('请填房号，例如 3-2-0501', 'A house, like …'))`.
 * zod's messages are one string; the two languages travel in it and are taken apart again in `fieldProblems`.
 */
export function say(zh: string, en: string): string {
  return `${zh}${BOTH}${en}`;
}

/** More than this many fields help nobody; a stranger's request must not make us write a long answer either. */
const MOST_FIELDS = 20;

export function fieldProblems(issues: readonly z.core.$ZodIssue[]): FieldProblem[] {
  return issues.slice(0, MOST_FIELDS).map((issue) => ({
    field: issue.path.map(String).join('.').slice(0, 200),
    ...wordsFor(issue),
  }));
}

function wordsFor(issue: z.core.$ZodIssue): Words {
  const [zh, en] = issue.message.split(BOTH);
  if (zh !== undefined && en !== undefined) return { zh, en };
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? { zh: '这一项必须填写', en: 'This field is required' }
        : { zh: `这一项应当是${typeZh(issue.expected)}`, en: `This must be of type ${issue.expected}` };
    case 'too_small':
      return small(issue.origin, String(issue.minimum));
    case 'too_big':
      return big(issue.origin, String(issue.maximum));
    case 'invalid_format':
      return {
        zh: `格式不对${formatZh(issue.format)}`,
        en: `Wrong format${issue.format === 'regex' ? '' : `: expected ${issue.format}`}`,
      };
    case 'invalid_value':
      return {
        zh: `只能是以下之一：${issue.values.map(String).join('、')}`,
        en: `Must be one of: ${issue.values.map(String).join(', ')}`,
      };
    case 'unrecognized_keys':
      return { zh: `多出了不认识的项：${keys(issue, '、')}`, en: `Unknown fields: ${keys(issue, ', ')}` };
    case 'not_multiple_of':
      return { zh: `必须是 ${issue.divisor} 的倍数`, en: `Must be a multiple of ${issue.divisor}` };
    default:
      return { zh: '这一项填得不对', en: 'This field is not right' };
  }
}

function keys(issue: { readonly keys: readonly string[] }, separator: string): string {
  return issue.keys
    .slice(0, 5)
    .map((key) => key.slice(0, 40))
    .join(separator);
}

function small(origin: string, least: string): Words {
  if (origin === 'string')
    return least === '1'
      ? { zh: '这一项不能为空', en: 'This must not be empty' }
      : { zh: `至少 ${least} 个字符`, en: `At least ${least} characters` };
  if (origin === 'array' || origin === 'set')
    return { zh: `至少 ${least} 项`, en: `At least ${least} items` };
  return { zh: `不能小于 ${least}`, en: `Must be at least ${least}` };
}

function big(origin: string, most: string): Words {
  if (origin === 'string') return { zh: `最多 ${most} 个字符`, en: `At most ${most} characters` };
  if (origin === 'array' || origin === 'set') return { zh: `最多 ${most} 项`, en: `At most ${most} items` };
  return { zh: `不能大于 ${most}`, en: `Must be at most ${most}` };
}

function typeZh(type: string): string {
  const names: Record<string, string> = {
    string: '文字',
    number: '数字',
    int: '整数',
    boolean: '“是”或“否”',
    array: '列表',
    object: '一组内容',
  };
  return names[type] ?? '另一种类型';
}

function formatZh(format: string): string {
  const names: Record<string, string> = {
    date: '，日期要写成 2026-06-30 这样',
    datetime: '，时间要写成 2026-06-30T08:00:00Z 这样',
    uuid: '，应当是一个编号',
    email: '，应当是邮箱地址',
    url: '，应当是网址',
  };
  return names[format] ?? '';
}
