/** Tells whose points are in it that an offset is not handed over: its bill was issued anew, cancelled or paid in money. */
import { and, eq, inArray } from 'drizzle-orm';
import { dayOf } from '../programme/index.ts';
import { writeNotices, type NoticeDeps, type Telling } from './write-notices.ts';

/** A run tells so many; the next one the rest, since what was told is not looked up again by then. */
const MOST = 2_000;

/** Answers how many notices were made. Of one difference each is told once. */
export function tellOfLeftOffsets(deps: NoticeDeps): Promise<number> {
  return deps.engine.exclusively('notices:left-offsets', async (engine) => {
    const { breaks: b, offsets: o, offsetParts: p } = engine.tables;
    const found = await engine.reader
      .select({
        id: b.id,
        at: b.createdAt,
        number: o.number,
        item: o.item,
        member: o.member,
        payer: p.member,
      })
      .from(o)
      .innerJoin(b, and(eq(b.offset, o.id), eq(b.state, 'open'), inArray(b.kind, ['reissued', 'paid-first'])))
      .leftJoin(p, eq(p.offsetId, o.id))
      .where(eq(o.state, 'held'))
      .limit(MOST);
    const tellings = new Map<string, Telling>();
    for (const { id, at, number, item, member, payer } of found) {
      const what = { zh: `${item}抵扣单 ${number}`, en: `offset ${number}` };
      const facts = { day: dayOf(at), points: [], what };
      for (const person of [member, payer ?? member])
        tellings.set(`${id} ${person}`, {
          ...{ person, kind: 'offset-left', event: `difference:${id}`, facts, transaction: null },
        });
    }
    return writeNotices({ ...deps, engine }, [...tellings.values()], () => []);
  });
}
