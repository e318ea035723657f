import type { Engine } from '../db/index.ts';
import { formatInstant, maskName, type Instant } from '../platform/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import { listRoles, type ListedRole, type RolesFilter } from './list-roles.ts';

const HEADER = ['姓名', '岗位', '开始', '结束', '授予人'];
const TITLES: Readonly<Record<string, string>> = {
  ...{ member: '居民', clerk: '商户店员', merchant_manager: '商户店长', accountant: '物业财务' },
  ...{ finance_lead: '财务负责人', staff: '社区工作人员', leader: '楼栋长、单元长', auditor: '审计人员' },
  operator: '系统管理员',
};

export function roleTitle(role: string): string {
  return TITLES[role] ?? role;
}

/** The roles given at a place that the filter finds, in the order in which they were given. */
export async function* roleTable(
  engine: Engine,
  wanted: RolesFilter & { place: string; now: Instant },
): AsyncGenerator<readonly OutCell[]> {
  yield HEADER;
  const pages = everyPage(
    ({ limit, before }) =>
      listRoles(engine, {
        ...wanted,
        limit,
        after: before === undefined ? undefined : { value: '', id: before },
      }),
    ({ id }) => id,
  );
  for await (const rows of pages) yield* rows.map(cellsOf);
}

function cellsOf({ name, role, validFrom, validTo, grantor }: ListedRole): readonly OutCell[] {
  const shown = role === 'member' ? maskName(name ?? '') : (name ?? '');
  const last = validTo === null ? '' : dayOf(validTo);
  return [shown, roleTitle(role), dayOf(validFrom), last, grantor ?? ''];
}

/** The day in Shanghai. */
function dayOf(at: Instant): string {
  return formatInstant(at + 8 * 3_600_000).slice(0, 10);
}
