import { expect, it } from 'vitest';
import { counterName } from './counter-name.ts';

it.each([
  ['presences:019ddf1e-0000-7000-8000-000000000001', '这位居民的服务记录数'],
  ['settled:1099511630377', '№ 2601 已经处理的部分'],
  ['reversed:1099511630377:s|VOL|f|1|1|true', '№ 2601 已经冲正的部分'],
  ['earned:VOL:019ddf1e-0000-7000-8000-000000000001:2026-06-13', '2026-06-13 所得志愿积分，用于每日上限'],
  ['unique:receipt:019ddf1e-0000-7000-8000-000000000002:A:1', '小票 A:1 只记一次'],
  ['number:DK-2611', '凭证连续编号 DK-2611'],
  ['closed:019ddf1e-0000-7000-8000-000000000003:2026-10', '2026-10 关账'],
])('the counter %s is told as “%s”', (key, name) => {
  expect(counterName(key)).toBe(name);
});

it.each(['partner:points', 'settled:x', 'constructor'])('“%s” has no words of ours', (key) => {
  expect(counterName(key)).toBeUndefined();
});
