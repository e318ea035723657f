/** How many mappings a firm keeps: those in force, and before that those which wait as well. Asked within the firm's turn. */
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { problem, type Problem } from '../../platform/index.ts';
import { mappingsOf, MOST_MAPPINGS } from '../bill-mappings.ts';
import type { SettingOf } from './firm-settings.ts';

type Asked = SettingOf & { body: string | null };

/** Why one more is not asked for. */
export async function noRoomFor(engine: Engine, asked: Asked): Promise<Problem | undefined> {
  const { firmChanges: t } = engine.tables;
  const waiting = await engine.db
    .select({ name: t.name })
    .from(t)
    .where(and(eq(t.firm, asked.firm), eq(t.kind, 'mapping'), eq(t.state, 'waiting'), isNotNull(t.after)))
    .limit(MOST_MAPPINGS);
  return refuseBeyond(engine, asked, waiting);
}

/** Why one more is not put in force. */
export async function noRoomInForce(engine: Engine, asked: Asked): Promise<Problem | undefined> {
  return refuseBeyond(engine, asked, []);
}

async function refuseBeyond(
  engine: Engine,
  { firm, kind, name, body }: Asked,
  waiting: readonly { name: string }[],
): Promise<Problem | undefined> {
  if (kind !== 'mapping' || body === null) return undefined;
  const names = new Set((await mappingsOf(engine, firm)).map((mapping) => mapping.name));
  // Another version of one that is there takes no more room.
  if (names.has(name)) return undefined;
  for (const each of waiting) names.add(each.name);
  names.delete(name);
  return names.size < MOST_MAPPINGS ? undefined : problem('invalid-input', { fields: [tooMany] });
}

const tooMany = {
  field: 'name',
  zh: `一家物业最多保存 ${MOST_MAPPINGS} 个方案（包括等复核的），请修改已有的方案`,
  en: `A firm keeps at most ${MOST_MAPPINGS} mappings, those that wait among them; change one of those it has`,
};
