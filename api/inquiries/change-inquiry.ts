/** One step in the life of a question, dated and by whom; of two at the same moment one is told that it changed meanwhile. */
import { eq } from 'drizzle-orm';
import type { Deps, Problem } from '../platform/index.ts';
import { problem } from '../platform/index.ts';
import { findInquiry, type Inquiry } from './find-inquiries.ts';
import { stateAfter, waitsIn, type Deed } from './rules/index.ts';

/** `version` is the one that was looked at; `refused` looks at the question as it is now. */
export function changeInquiry(
  deps: Pick<Deps, 'engine' | 'clock' | 'ids'>,
  input: {
    inquiry: string;
    version: number;
    deed: Exclude<Deed, 'ask'>;
    text: string | null;
    by: string;
    refused?: (inquiry: Inquiry) => Promise<Problem | undefined>;
    /** Whether this one may end it unanswered. */
    mayWithdraw?: (inquiry: Inquiry) => boolean;
  },
): Promise<Problem | undefined> {
  const { inquiry: id, version, deed, text, by } = input;
  return deps.engine.exclusively(`inquiry:${id}`, async (engine) => {
    const inquiry = await findInquiry(engine, id);
    if (!inquiry) return problem('not-found');
    const refused = await input.refused?.(inquiry);
    if (refused) return refused;
    if (inquiry.version !== version) return problem('changed-meanwhile');
    const mayWithdraw = input.mayWithdraw?.(inquiry) ?? false;
    const state = stateAfter({ ...inquiry, mayWithdraw }, deed);
    if (state === undefined) return problem(deed === 'reopen' ? 'asked-on-once' : 'inquiry-not-so');
    const { inquiries: t, inquiryWords } = engine.tables;
    const at = deps.clock();
    const word = { id: deps.ids(), inquiry: id, deed, text, by, at };
    const set = { state, waits: waitsIn(state), version: version + 1 };
    await engine.atomically((db) => [
      db
        .update(t)
        .set({ ...set, ...(deed === 'reopen' && { reopened: true }) })
        .where(eq(t.id, id)),
      db.insert(inquiryWords).values({ ...word, tellFrom: deed === 'answer' ? at : null }),
    ]);
    return undefined;
  });
}
