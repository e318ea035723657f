import { expect, it } from 'vitest';
import { counterName } from './counter-name.ts';

it.each([
  ['presences:019ddf1e-0000-7000-8000-000000000001', '这位居民的服务记录数'],
  ['settled:1099511630377', '№ 2601 已经处理的部分'],
  ['reversed:1099511630377:s|VOL|f|1|1|true', '№ 2601 已经冲正的部分'],
  ['earned:VOL:019ddf1e-0000-7000-8000-000000000001:2026-06-13', '2026年6月13日所得志愿积分，用于每日上限'],
  ['unique:receipt:0070e5cb943f838ea41703bcce0b6ad8751d6b0875e065f1406882be88b584cb', '这张小票只记一次'],
  ['number:export:019ddf1e-5400-7000-8000-14f62fe828c6:DC-2605-', '凭证连续编号 DC-2605'],
  ['number:DK-2611', '凭证连续编号 DK-2611'],
  ['closed-through:019ddf1e-0000-7000-8000-000000000003', '关账关到哪个月（年 × 12 + 月）'],
  ['offset:019ddf1e-0000-7000-8000-000000000004:2026-07', '2026年7月这套房屋的抵扣，用于每月上限（分）'],
  ['offset-firms:019ddf1e-0000-7000-8000-000000000004:2026-07', '2026年7月在这个小区开过抵扣单的物业公司'],
  [
    'offset-firms:019ddf1e-0000-7000-8000-000000000004:2026-07:019ddf1e-0000-7000-8000-000000000005',
    '2026年7月这家物业公司是第几家在这个小区开抵扣单的',
  ],
  ['taken:019ddf1e-0000-7000-8000-000000000004:VOL:2026-07', '2026年7月这一处收的志愿积分，用于每月上限'],
])('the counter %s is told as “%s”', (key, name) => {
  expect(counterName(key)).toBe(name);
});

it.each(['partner:points', 'settled:x', 'constructor'])('“%s” has no words of ours', (key) => {
  expect(counterName(key)).toBeUndefined();
});
