import {
  actorText,
  formatInstant,
  maskName,
  type Ids,
  type Instant,
  type PersonActor,
} from '../platform/index.ts';
import type { Engine } from '../db/index.ts';
import { downloadTable, type FileFormat, type OutCell } from '../platform/files/index.ts';
import { logAccess } from './access-log.ts';
import { listRoles, type ListedRole } from './list-roles.ts';

type ExportDeps = { readonly engine: Engine; readonly ids: Ids; readonly clock: () => Instant };

const HEADER = ['姓名', '岗位', '开始', '结束', '授予人'];
const AT_ONCE = 100;
const TITLES: Readonly<Record<string, string>> = {
  ...{ member: '居民', clerk: '商户店员', merchant_manager: '商户店长', accountant: '物业财务' },
  ...{ finance_lead: '财务负责人', staff: '社区工作人员', leader: '楼栋长、单元长', auditor: '审计人员' },
  operator: '系统管理员',
};

/** All the roles given at a place, in the order in which they were given; the log has who took them away. */
export async function exportRoles(
  { engine, ids, clock }: ExportDeps,
  { place, format, by }: { place: string; format: FileFormat; by: PersonActor },
): Promise<Response> {
  const log = { id: ids(), at: clock(), actor: actorText(by), action: 'export' as const };
  await logAccess(engine, { ...log, subject: `roles:${place}`, place, reason: '' });
  const name = '岗位名册';
  return downloadTable(rowsOf(engine, place), { name, format, widths: [14, 18, 14, 14, 14] });
}

async function* rowsOf(engine: Engine, place: string): AsyncGenerator<readonly OutCell[]> {
  yield HEADER;
  let after: { value: string; id: string } | undefined;
  for (;;) {
    const rows = await listRoles(engine, { place, limit: AT_ONCE, after });
    yield* rows.map(cellsOf);
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) return;
    after = { value: '', id: last.id };
  }
}

function cellsOf({ name, role, validFrom, validTo, grantor }: ListedRole): readonly OutCell[] {
  const shown = role === 'member' ? maskName(name ?? '') : (name ?? '');
  const last = validTo === null ? '' : dayOf(validTo);
  return [shown, TITLES[role] ?? role, dayOf(validFrom), last, grantor ?? ''];
}

/** The day in Shanghai. */
function dayOf(at: Instant): string {
  return formatInstant(at + 8 * 3_600_000).slice(0, 10);
}
