/** Who works for a firm: those with a post at it, or at every estate that it has ever served. */
import { eq } from 'drizzle-orm';
import type { ProductDeps } from '../places/index.ts';
import { mayAt, type Actor, type Role } from '../platform/index.ts';

/** Who sees what a firm is owed everywhere: those with a post at the firm, and who audits it. */
export const FOR_A_FIRM = ['accountant', 'finance_lead', 'merchant_manager', 'auditor'] as const;
/** The firm's own people, who may have their posts at the estates that it serves. */
const ITS_PEOPLE: readonly Role[] = ['accountant', 'finance_lead'];
const MOST_ESTATES = 500;

export async function worksForFirm(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  { firm, actor, roles, now }: { firm: string; actor: Actor; roles: readonly Role[]; now: number },
): Promise<boolean> {
  if (actor.kind !== 'person') return false;
  if (await mayAt(actor, roles, firm, places)) return true;
  const its = ITS_PEOPLE.filter((role) => roles.includes(role));
  const { estateFirms: t } = engine.tables;
  const ever = await engine.reader
    .select({ estate: t.estate })
    .from(t)
    .where(eq(t.firm, firm))
    .limit(MOST_ESTATES);
  const estates = new Set([...ever.map(({ estate }) => estate), ...(await places.servedBy(firm, now))]);
  for (const estate of estates) if (!(await mayAt(actor, its, estate, places))) return false;
  return estates.size > 0;
}
