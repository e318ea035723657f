/** A change of a firm's settings as it is shown: who, when, where, and each part that differs. */
import type { Engine } from '../../db/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, formatInstant, type Actor } from '../../platform/index.ts';
import { signerName } from '../statement/statement.views.ts';
import { settingChanges } from '../rules/setting-changes.ts';
import type { FirmChange } from './firm-changes.ts';
import { readSetting, settingInForce } from './firm-settings.ts';

export async function changeViews(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  rows: readonly FirmChange[],
  actor: Actor,
) {
  const last = await lastOnes(engine, rows);
  return Promise.all(
    rows.map(async (row) => {
      const { id, kind, name, state, askedBy, endedBy, endedAt, createdAt } = row;
      const [was, is] = [readSetting(kind, row.before), readSetting(kind, row.after)];
      const ended =
        endedBy === null || endedAt === null
          ? {}
          : { ended: { by: await signerName(engine, endedBy), at: formatInstant(endedAt) } };
      return {
        ...{ id, kind, name, state, by: await signerName(engine, askedBy), at: formatInstant(createdAt) },
        estate: { id: row.estate, name: (await places.find(row.estate))?.name ?? '' },
        mine: askedBy === actorText(actor),
        alone: state === 'approved' && endedBy === null,
        ...ended,
        undoable: last(row),
        changes: settingChanges(was, is),
      };
    }),
  );
}

/** Which of these were the last of their setting, and are in force. */
async function lastOnes(engine: Engine, rows: readonly FirmChange[]) {
  const versions = new Map<string, { version: number; body: string | null }>();
  const key = ({ firm, kind, name }: FirmChange) => `${firm}|${kind}|${name}`;
  for (const row of rows) {
    if (row.state !== 'approved' || versions.has(key(row))) continue;
    versions.set(key(row), await settingInForce({ ...engine, db: engine.reader }, row));
  }
  return (row: FirmChange): boolean => {
    const now = versions.get(key(row));
    if (row.state !== 'approved' || !now) return false;
    return row.after === null ? now.body === null : now.version === row.follows + 1;
  };
}
