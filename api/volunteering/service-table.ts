/** A place's services in one state as a table to take away, with names masked as the list has them. */
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import { maskName } from '../platform/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import { dayOf, gradeNames, trustNames } from '../programme/index.ts';
import { serviceKey, servicesOfPlace, type ServiceSort, type ServiceState } from './list-services.ts';
import { servedMinutes } from './service.ts';

const STATES: Readonly<Record<ServiceState, string>> = {
  ...{
    waiting: '待评价',
    released: '已发放',
    rejected: '评价后不发',
    'no-points': '不记积分',
    voided: '已作废',
  },
};

export async function* serviceTable(
  engine: Engine,
  of: { place: string; state: ServiceState; sort: ServiceSort },
): AsyncGenerator<readonly OutCell[]> {
  yield ['居民', '手机尾号', '服务内容', '日期', '分钟', '时长怎么来的', '评价', '积分', '状态'];
  const pages = everyPage((page) => servicesOfPlace(engine, { ...of, ...page }), serviceKey(of.sort));
  for await (const rows of pages)
    for (const service of rows) {
      const person = await findPerson(engine, service.member);
      const grade =
        service.grade === null ? '' : (gradeNames[service.grade as keyof typeof gradeNames]?.zh ?? '');
      yield [
        ...[maskName(person?.name ?? ''), (person?.phone ?? '').slice(-4), service.type],
        ...[{ date: dayOf(service.startsAt) }, servedMinutes(service), trustNames[service.trust].zh, grade],
        ...[service.points, STATES[service.state]],
      ];
    }
}
