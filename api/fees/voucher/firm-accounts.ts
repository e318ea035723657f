/** The firm's own 科目. Each change is a version of its own, so that who changed what stays on record. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { firmServing, type Place, type ProductDeps } from '../../places/index.ts';
import { dayOf } from '../../programme/index.ts';
import { USUAL_ACCOUNTS, type FirmAccounts } from './month-voucher.ts';

/** `version` 0: nobody has looked at them yet. */
export type AccountsInForce = { version: number; accounts: FirmAccounts };
export type AccountsVersion = {
  version: number;
  accounts: FirmAccounts;
  changedBy: string;
  createdAt: number;
};

export async function accountsInForce(engine: Engine, firm: string): Promise<AccountsInForce> {
  const [latest] = await listAccounts(engine, { firm, limit: 1 });
  return latest ?? { version: 0, accounts: USUAL_ACCOUNTS };
}

/** The latest first, before the version `before`. */
export async function listAccounts(
  { reader, tables: { firmAccounts: t } }: Engine,
  { firm, before, limit }: { firm: string; before?: number; limit: number },
): Promise<AccountsVersion[]> {
  const rows = await reader
    .select()
    .from(t)
    .where(and(eq(t.firm, firm), before === undefined ? undefined : lt(t.version, before)))
    .orderBy(desc(t.version))
    .limit(limit);
  return rows.map(({ version, accounts, changedBy, createdAt }) => ({
    ...{ version, changedBy, createdAt },
    accounts: JSON.parse(accounts) as FirmAccounts,
  }));
}

export async function firmAt(
  { clock, ...sources }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  place: string,
): Promise<Place | undefined> {
  return firmServing(sources, { estate: place, day: dayOf(clock()) });
}
