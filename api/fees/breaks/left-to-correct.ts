/**
 * What the firm said it would correct, and no list has shown yet. Protects: such a break is dealt with, and the books still
 * differ by it; the next list compares it anew, and finds it again where it was not corrected.
 */
import { and, count, eq, gte, lte, sql, sum } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { listImports } from '../../places/index.ts';
import type { OpenBreaksOfMonth } from '../open-breaks.ts';

/** `month`: only what is of that month or of one before; left out, whatever its month. */
export async function leftToCorrect(
  engine: Engine,
  { estate, month }: { estate: string; month?: string },
): Promise<OpenBreaksOfMonth> {
  const { breaks: b, offsets: o, postedRows: p } = engine.tables;
  const [latest] = await listImports(engine, { place: estate, kind: 'posted-list', limit: 1 });
  const ofMonth =
    month === undefined
      ? undefined
      : lte(sql`coalesce(${b.carriedTo}, ${o.period}, substr(${p.period}, 1, 7), '')`, month);
  const [row] = await engine.reader
    .select({
      count: count(),
      valueFen: sql`sum(abs(${b.differenceFen}))`.mapWith(Number),
      differenceFen: sum(b.differenceFen).mapWith(Number),
    })
    .from(b)
    .leftJoin(o, eq(o.id, b.offset))
    .leftJoin(p, eq(p.id, b.postedRow))
    .where(
      and(
        ...[eq(b.estate, estate), eq(b.state, 'resolved'), eq(b.resolution, 'firm-corrects'), ofMonth],
        gte(b.resolvedAt, latest?.createdAt ?? 0),
      ),
    );
  return { count: row?.count ?? 0, valueFen: row?.valueFen ?? 0, differenceFen: row?.differenceFen ?? 0 };
}
