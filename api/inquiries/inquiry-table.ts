/** The questions of a desk as a table to take away: who asked what about which entry, and what was answered. */
import type { ProductDeps } from '../places/index.ts';
import type { PersonActor } from '../platform/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import { dayOf, type Explainer } from '../programme/index.ts';
import { listInquiries } from './find-inquiries.ts';
import { inquiryViews } from './inquiries.views.ts';
import type { Desk, InquiryState } from './rules/index.ts';

const STATES: Readonly<Record<InquiryState, string>> = {
  ...{ open: '等答复', answered: '已答复', reopened: '追问，等答复', closed: '已办结' },
};

export async function* inquiryTable(
  sources: Pick<ProductDeps, 'engine' | 'places'> & { readonly explainers: readonly Explainer[] },
  of: { place: string; desk: Desk; waits: boolean },
  reader: PersonActor,
): AsyncGenerator<readonly OutCell[]> {
  yield ['提问日期', '居民', '手机尾号', '关于哪一笔', '居民怎么问', '最后的答复', '答复人', '状态'];
  const pages = everyPage(
    ({ limit, before }) =>
      listInquiries(sources.engine, {
        ...{ ...of, order: 'newest', limit },
        ...(before !== undefined && { after: before }),
      }),
    ({ id }) => id,
  );
  for await (const rows of pages)
    for (const { member, about, words, askedAt, state } of await inquiryViews(sources, rows, reader)) {
      const asked = words.flatMap(({ deed, text }) => (deed === 'ask' || deed === 'reopen' ? [text] : []));
      const answer = words.findLast(({ deed }) => deed === 'answer');
      yield [
        ...[{ date: dayOf(Date.parse(askedAt)) }, member?.name ?? '本人', member?.tail ?? ''],
        ...[about.text?.zh ?? about.transaction, asked.join('；')],
        ...[answer?.text ?? '', answer?.byName ?? '', STATES[state]],
      ];
    }
}
