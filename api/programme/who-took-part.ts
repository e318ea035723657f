/** Whom and what the ids of a transaction stand for. Residents are shown masked; the ledger itself knows only ids. */
import { eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import type { Transaction } from '../ledger/index.ts';
import type { Places } from '../places/index.ts';
import { maskName } from '../platform/index.ts';
import { hashOfRule, type RuleCitation } from './rule-citation.ts';

export type Party = { id: string; kind: 'resident' | 'fund' | 'place'; name: string };
type Sources = { engine: Engine; places: Places };

const MEMBER_ROLES: readonly string[] = ['available', 'held', 'expired', 'pending', 'debt'];

/** The members among the owners. */
export function membersOf(transaction: Transaction): string[] {
  return transaction.entries.filter((e) => MEMBER_ROLES.includes(e.account.role)).map((e) => e.account.owner);
}

export async function partiesOf({ engine, places }: Sources, transaction: Transaction): Promise<Party[]> {
  const members = new Set(membersOf(transaction));
  const ids = new Set(
    transaction.entries.flatMap(({ account, asset }) => [account.owner, account.counterparty, asset.fund]),
  );
  ids.delete('');
  const { funds } = engine.tables;
  const rows = await engine.reader
    .select({ id: funds.id, name: funds.name })
    .from(funds)
    .where(inArray(funds.id, [...ids]));
  const parties: Party[] = rows.map((row) => ({ ...row, kind: 'fund' as const }));
  const known = new Set(rows.map((row) => row.id));
  for (const id of ids) {
    if (known.has(id)) continue;
    if (members.has(id)) {
      const person = await findPerson(engine, id);
      parties.push({ id, kind: 'resident', name: maskName(person?.name ?? '') });
    } else {
      const place = await places.find(id);
      if (place) parties.push({ id, kind: 'place', name: place.name });
    }
  }
  return parties;
}

/** The name behind `person:<id>` (masked) or `key:<id>`; undefined for whoever is erased or a job of the program. */
export async function nameOfActor(engine: Engine, actor: string): Promise<string | undefined> {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'person') {
    const name = maskName((await findPerson(engine, id))?.name ?? '');
    return name === '' ? undefined : name;
  }
  if (kind !== 'key') return undefined;
  const { systemKeys: t } = engine.tables;
  const [row] = await engine.reader.select({ name: t.name }).from(t).where(eq(t.id, id));
  return row?.name;
}

/** A rule version as it is shown: whose, from when, why, its terms as they are stored, and whether they are those cited. */
export async function describeRule({ engine, places }: Sources, { id, hash }: RuleCitation) {
  const { ruleVersions: t } = engine.tables;
  const [row] = await engine.reader.select().from(t).where(eq(t.id, id));
  if (!row) return undefined;
  const isAsCited = hash === undefined ? undefined : hashOfRule(row) === hash;
  const place = (await places.find(row.place))?.name ?? '';
  const { kind, validFrom, reason, body } = row;
  return { place, kind, validFrom, reason, body, ...(isAsCited !== undefined && { isAsCited }) };
}
