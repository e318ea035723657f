/** Tells whose points are in it that an offset is not handed over: its bill was issued anew, cancelled or paid in money. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { chunksOf } from '../places/index.ts';
import { dayOf } from '../programme/index.ts';
import { writeNotices, type NoticeDeps, type Telling } from './write-notices.ts';

/** So many differences are looked at in one read; a run goes through all of them, in the order of their ids. */
const AT_ONCE = 1_000;

/** Answers how many notices were made. Of one difference each is told once. */
export function tellOfLeftOffsets(deps: NoticeDeps, { atOnce = AT_ONCE } = {}): Promise<number> {
  return deps.engine.exclusively('notices:left-offsets', async (engine) => {
    let made = 0;
    for (let after = ''; ;) {
      const left = await leftOffsets(engine, { after, limit: atOnce });
      made += await writeNotices({ ...deps, engine }, await tellingsOf(engine, left), () => []);
      const last = left.at(-1);
      if (!last || left.length < atOnce) return made;
      after = last.id;
    }
  });
}

type Left = Awaited<ReturnType<typeof leftOffsets>>[number];

function leftOffsets({ reader, tables }: Engine, { after, limit }: { after: string; limit: number }) {
  const { breaks: b, offsets: o } = tables;
  return reader
    .select({
      ...{ id: b.id, at: b.createdAt },
      ...{ offset: o.id, number: o.number, item: o.item, member: o.member },
    })
    .from(b)
    .innerJoin(o, and(eq(o.id, b.offset), eq(o.state, 'held')))
    .where(and(gt(b.id, after), eq(b.state, 'open'), inArray(b.kind, ['reissued', 'paid-first'])))
    .orderBy(asc(b.id))
    .limit(limit);
}

/** Whoever made it, and all whose points are in it. */
async function tellingsOf({ reader, tables }: Engine, left: readonly Left[]): Promise<Telling[]> {
  const { offsetParts: p } = tables;
  const payers = new Map<string, string[]>();
  for (const some of chunksOf(left.map(({ offset }) => offset))) {
    const parts = await reader
      .select({ offset: p.offsetId, payer: p.member })
      .from(p)
      .where(inArray(p.offsetId, some));
    for (const { offset, payer } of parts) payers.set(offset, [...(payers.get(offset) ?? []), payer]);
  }
  return left.flatMap(({ id, at, offset, number, item, member }) => {
    const what = { zh: `${item}抵扣单 ${number}`, en: `offset ${number}` };
    const facts = { day: dayOf(at), points: [], what };
    const told = { kind: 'offset-left' as const, event: `difference:${id}`, facts, transaction: null };
    return [...new Set([member, ...(payers.get(offset) ?? [])])].map((person) => ({ person, ...told }));
  });
}
