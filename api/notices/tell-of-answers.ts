/** Tells members of answers to their questions, and of questions that others asked for them, as many as there are. */
import { answersToTell, markTold } from '../inquiries/index.ts';
import { dayOf, explainMovements, type Explainer } from '../programme/index.ts';
import { writeNotices, type NoticeDeps, type Telling } from './write-notices.ts';

const TURN = 200;
const MOST_TURNS = 50;

/** Answers how many notices were made. */
export async function tellOfAnswers(
  deps: NoticeDeps,
  explainers: readonly Explainer[],
  signal?: AbortSignal,
): Promise<number> {
  let made = 0;
  for (let turn = 0; turn < MOST_TURNS && !signal?.aborted; turn += 1) {
    const done = await deps.engine.exclusively('notices:answers', async (engine) => {
      const answers = await answersToTell(engine, { now: deps.clock(), limit: TURN });
      if (answers.length === 0) return undefined;
      const why = await explainMovements(explainers, deps.engine, answers);
      const tellings = answers.map(({ word, deed, member, actedBy, transaction, at }): Telling => {
        const explained = why.get(transaction);
        const what = explained && { what: { zh: explained.zh, en: explained.en } };
        const facts = { day: dayOf(at), points: [], ...what };
        if (deed === 'ask') {
          const as = actedBy && 'consent' in actedBy ? ('relative' as const) : ('staff' as const);
          const asked = { ...facts, as };
          return { person: member, kind: 'asked-for', event: `question:${word}`, facts: asked, transaction };
        }
        return { person: member, kind: 'inquiry-answered', event: `answer:${word}`, facts, transaction };
      });
      const words = answers.map(({ word }) => word);
      return {
        made: await writeNotices({ ...deps, engine }, tellings, markTold(engine, words)),
        isAll: answers.length < TURN,
      };
    });
    made += done?.made ?? 0;
    if (done === undefined || done.isAll) break;
  }
  return made;
}
