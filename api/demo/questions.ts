/** What the volunteer of the demo has asked (one question was answered, one waits for the staff), and what people were told. */
import { explainOffset } from '../fees/index.ts';
import { answerInquiry, askAbout } from '../inquiries/index.ts';
import { transactionsById } from '../ledger/index.ts';
import { makeNotices } from '../notices/index.ts';
import { isProblem } from '../platform/index.ts';
import { memberMovements } from '../programme/index.ts';
import { explainShop } from '../shop/index.ts';
import { explainService } from '../volunteering/index.ts';
import type { Crew, DemoDeps } from './crew.ts';
import { must } from './must.ts';
import { BOOK } from './places.ts';

const explainers = [explainService, explainShop, explainOffset];

/** About the newest services that were rated; a small estate may have fewer. */
export async function askQuestions(deps: DemoDeps, { actors }: Crew): Promise<void> {
  const { volunteer, staff, rater } = actors;
  const movements = await memberMovements(deps.engine, { book: BOOK, member: volunteer.person, limit: 100 });
  const releases = movements.filter(({ kind }) => kind === 'release').map(({ transaction }) => transaction);
  const [waiting, answered] = await transactionsById(deps.engine, releases.slice(0, 2));
  const ask = async (transaction: NonNullable<typeof waiting>, text: string) =>
    must(await askAbout(deps, explainers, { transaction, text, actor: volunteer })).inquiry;
  if (answered) {
    const inquiry = await ask(answered, '这次的积分是怎么算的？周末有没有多算一点？');
    const text = '周末和节假日乘 1.5，再按服务对象的评价乘系数；每一步都写在上面的计算过程里。';
    const said = { inquiry, version: 1, text };
    // Whoever of the two recorded the service leaves the answer to the other one.
    const refused = await answerInquiry(deps, { ...said, actor: rater });
    if (isProblem(refused)) must((await answerInquiry(deps, { ...said, actor: staff })) ?? said);
  }
  if (waiting) await ask(waiting, '为什么和上一次不一样多？');
  await makeNotices(deps, explainers);
}
