/** What holds for a firm's every estate, whichever of the three it is: what is in force, and how a new version is written. */
import { and, eq } from 'drizzle-orm';
import type { Database, Engine } from '../../db/index.ts';
import { mappingsOf } from '../bill-mappings.ts';
import { listLayouts } from '../export-layouts.ts';
import { usualLayout, type ExportLayout } from '../rules/export-layout.ts';
import type { FirmSetting, FirmSettingKind } from '../rules/setting-changes.ts';
import { accountsInForce } from '../voucher/firm-accounts.ts';
import type { FirmAccounts } from '../voucher/month-voucher.ts';
import type { BillMapping } from '../files/bill-mapping.ts';

/** `name`: of a mapping; '' of what a firm has one of. */
export type SettingOf = { firm: string; kind: FirmSettingKind; name: string };
/** `version` 0: nobody has said anything yet. Of a mapping that there is not, `body` is null. */
export type SettingInForce = { version: number; body: string | null };

export async function settingInForce(
  engine: Engine,
  { firm, kind, name }: SettingOf,
): Promise<SettingInForce> {
  // What is decided by it is read where it is written.
  const writer = { ...engine, reader: engine.db };
  if (kind === 'layout') {
    const [latest] = await listLayouts(writer, { firm, limit: 1 });
    return { version: latest?.number ?? 0, body: JSON.stringify(latest?.body ?? usualLayout) };
  }
  if (kind === 'accounts') {
    const { version, accounts } = await accountsInForce(writer, firm);
    return { version, body: JSON.stringify(accounts) };
  }
  const mapping = (await mappingsOf(writer, firm)).find((each) => each.name === name);
  if (!mapping) return { version: 0, body: null };
  const { version, header, columns } = mapping;
  return { version, body: JSON.stringify({ header, columns }) };
}

export function readSetting(kind: FirmSettingKind, body: string | null): FirmSetting {
  return { kind, body: body === null ? null : JSON.parse(body) } as FirmSetting;
}

type NewVersion = SettingOf & { follows: number; body: string | null; by: string; id: string; now: number };

/** The write of a new version. `by`: who asked for it. */
export function writeSetting(
  { tables }: Engine,
  db: Database,
  { firm, kind, name, follows, body, by, id, now }: NewVersion,
): PromiseLike<unknown> {
  const [next, createdAt] = [follows + 1, now];
  if (kind === 'layout' && body !== null) {
    const layout = { number: next, body: JSON.parse(body) as ExportLayout, madeBy: by };
    return db.insert(tables.exportLayouts).values({ id, version: 1, firm, ...layout, createdAt });
  }
  if (kind === 'accounts' && body !== null) {
    const accounts = { version: next, accounts: JSON.stringify(JSON.parse(body) as FirmAccounts) };
    return db.insert(tables.firmAccounts).values({ id, firm, ...accounts, changedBy: by, createdAt });
  }
  const { feeMappings: t } = tables;
  const its = and(eq(t.firm, firm), eq(t.name, name));
  if (body === null) return db.delete(t).where(its);
  const news = { ...(JSON.parse(body) as Pick<BillMapping, 'header' | 'columns'>), savedBy: by };
  return follows === 0
    ? db.insert(t).values({ id, version: 1, firm, name, ...news, createdAt })
    : db
        .update(t)
        .set({ ...news, version: next, createdAt })
        .where(its);
}
