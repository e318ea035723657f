/** So many of everything that waits at one estate and its community, none of it done by anybody who signs in. */
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';

export type WaitingTown = { estate: string; community: string; fund: string; now: number };

const range = <Row>(many: number, row: (at: number) => Row): Row[] =>
  Array.from({ length: many }, (_, at) => row(at));

export async function fillWithWaiting(
  { db, tables }: Engine,
  { estate, community, fund, now }: WaitingTown,
  many: number,
): Promise<void> {
  const fresh = (at: number) => ({ id: uuid(), version: 1, createdAt: now - 3_600_000 + at });
  await db.insert(tables.services).values(
    range(many, (at) => ({
      ...{ ...fresh(at), place: estate, member: uuid(), type: '人居环境', state: 'waiting' as const },
      ...{ startsAt: now - 9_000_000, endsAt: now - 5_000_000 },
      ...{ attendedFrom: now - 9_000_000, attendedTo: now - 5_000_000, trust: 'scan' as const },
      ...{ points: 24, steps: [], ruleVersion: uuid(), recordedBy: `person:${uuid()}` },
    })),
  );
  await db.insert(tables.budgets).values(
    range(many, (at) => ({
      ...{ ...fresh(at), fund, amount: 100 + at, basis: '会议纪要', requestedBy: `person:${uuid()}` },
    })),
  );
  const asked = { resolution: 'release' as const, comment: '退回', by: `person:${uuid()}`, at: now - 1_000 };
  const found = {
    estate,
    kind: 'amount',
    differenceFen: 1,
    proposal: 'choose' as const,
    zh: '差',
    en: 'off',
  };
  await db.insert(tables.breaks).values(
    range(2 * many, (at) => ({
      ...{ ...fresh(at), ...found, import: uuid(), state: 'open' as const },
      ...{ asked: at % 2 === 0 ? null : asked },
    })),
  );
  const change = { firm: estate, estate, kind: 'mapping' as const, after: '{}', follows: 0 };
  await db.insert(tables.firmChanges).values(
    range(many, (at) => {
      const row = { ...fresh(at), ...change, name: `m${at}`, state: 'waiting' as const };
      return { ...row, askedBy: `person:${uuid()}` };
    }),
  );
  const month = { place: estate, month: '2026-05', state: 'waiting' as const };
  await db.insert(tables.closureRequests).values({ ...fresh(0), ...month, askedBy: `person:${uuid()}` });
  const offsets = range(many, (at) => {
    const row = { ...fresh(at), number: `DK-${at}`, estate, bill: uuid(), billIssue: 1, house: uuid() };
    const of = { item: '物业服务费', period: '2026-06', member: uuid(), valueFen: 1_000, points: {} };
    return { ...row, ...of, steps: [], ruleVersion: uuid(), hold: uuid(), state: 'held' as const };
  });
  await db.insert(tables.offsets).values(offsets);
  await db.insert(tables.holds).values(
    offsets.map(({ hold, member }) => ({
      ...{ id: hold, book: 1, tx: 1, member, redeemer: uuid(), place: estate, lines: '[]' },
      endsAt: now + 86_400_000,
    })),
  );
  const batches = range(many, (at) => ({
    ...{ ...fresh(at), estate, number: `DC-${at}`, count: 1, valueFen: 1, rowsHash: '', madeBy: 'test' },
    askedBack: { actor: asked.by, at: now - 5_000, reason: '收费系统不认' },
  }));
  await db.insert(tables.exportBatches).values(batches);
  await db.insert(tables.offsets).values(
    offsets.map(({ number, ...rest }, at) => ({
      ...{ ...rest, ...fresh(at), number: `${number}-out`, hold: uuid() },
      ...{ state: 'exported' as const, exportBatch: batches[at]?.id ?? null },
    })),
  );
  await db.insert(tables.inquiries).values(
    range(2 * many, (at) => ({
      ...{ ...fresh(at), transaction: at, member: uuid(), place: estate, state: 'open' as const },
      ...{ desk: at % 2 === 0 ? ('staff' as const) : ('fees' as const), waits: true, reopened: false },
      ...{ maker: `person:${uuid()}`, madeAt: now - 5_000 },
    })),
  );
  await db.insert(tables.deliveries).values(
    range(many, (at) => ({
      ...{ ...fresh(at), notice: uuid(), person: uuid(), place: estate, channel: 'desk' as const },
      ...{ state: 'waiting' as const, tries: 0 },
    })),
  );
  await db.insert(tables.ruleVersions).values(
    range(many, (at) => ({
      ...{ ...fresh(at), place: community, kind: 'award' as const, body: {}, reason: '试点' },
      ...{ validFrom: now + 86_400_000 + at, madeBy: 'person:test' },
    })),
  );
}
