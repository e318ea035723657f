import { expect, it } from 'vitest';
import { actorText, sourceName } from './words.ts';

it.each([
  ['api', '网页，或连接的系统'],
  ['job', '到时自动办理'],
  ['cli', '管理员的命令行'],
  ['partner', 'partner'],
  ['constructor', 'constructor'],
])('the source %s is told as “%s”', (source, name) => {
  expect(sourceName(source)).toBe(name);
});

it.each([
  ['person:019ddf1e-0000-7000-8000-000000007a57', '田静', '田静（编号尾号 7a57）'],
  ['person:019ddf1e-0000-7000-8000-000000007a57', undefined, '没有留名（编号尾号 7a57）'],
  ['key:019ddf1e-0000-7000-8000-000000000a01', '收银台', '收银台（系统密钥，尾号 0a01）'],
  ['system', undefined, '系统自动'],
  ['operator:cli', undefined, '系统管理员（命令行）'],
  ['operator:demo', undefined, '系统管理员'],
  ['somebody', undefined, 'somebody'],
])('the actor %s is told as a reader can name them', (actor, name, told) => {
  expect(actorText(actor, name)).toBe(told);
});
