/** How a question is shown: to its member beside the entry, to a desk with what it is about and who asks, masked. */
import { actedByView, findPerson } from '../identity/index.ts';
import { transactionsById, type Transaction } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, formatInstant, maskName, subjectOf } from '../platform/index.ts';
import type { PersonActor } from '../platform/index.ts';
import {
  explainMovements,
  membersOf,
  nameOfActor,
  type Explainer,
  type Explanation,
} from '../programme/index.ts';
import { wordsOf, type Inquiry, type InquiryWord } from './find-inquiries.ts';
import { isInvolved, mayTakeBack } from './who-answers.ts';

type Sources = Pick<ProductDeps, 'engine' | 'places'> & { readonly explainers: readonly Explainer[] };

export async function inquiryViews(
  { engine, places, explainers }: Sources,
  inquiries: readonly Inquiry[],
  actor: PersonActor,
) {
  const transactions = await transactionsById(engine, [...new Set(inquiries.map((i) => i.transaction))]);
  const found = new Map(transactions.map((transaction) => [transaction.id, transaction]));
  const why = await explainMovements(
    explainers,
    engine,
    transactions.map(({ id, reverses }) => ({ transaction: id, reverses })),
  );
  const words = await wordsOf(
    engine,
    inquiries.map(({ id }) => id),
  );
  const nameOf = async (place: string): Promise<string> => (await places.find(place))?.name ?? '';

  return Promise.all(
    inquiries.map(async (inquiry) => {
      const isOwn = inquiry.member === subjectOf(actor);
      const transaction = found.get(inquiry.transaction);
      if (!transaction) throw new Error(`The inquiry ${inquiry.id} is about no transaction.`);
      const spoken = words.filter((word) => word.inquiry === inquiry.id);
      return {
        ...{ id: inquiry.id, version: inquiry.version, state: inquiry.state, desk: inquiry.desk },
        ...{ place: inquiry.place, placeName: await nameOf(inquiry.place) },
        mayReopen: isOwn && inquiry.state === 'answered' && !inquiry.reopened,
        mayWithdraw: inquiry.state === 'open' && mayTakeBack(actor, inquiry),
        askedAt: formatInstant(inquiry.createdAt),
        ...(inquiry.actedBy && { actedBy: await actedByView(engine, inquiry.actedBy) }),
        about: aboutView(transaction, {
          member: inquiry.member,
          place: await nameOf(transaction.place),
          why: why.get(transaction.id),
        }),
        words: await Promise.all(spoken.map((word) => wordView(word))),
        ...(isOwn
          ? {}
          : { member: await memberView(inquiry.member), recordedByMe: isInvolved(actor, inquiry) }),
      };
    }),
  );

  async function wordView({ deed, text, at, by }: InquiryWord) {
    const byName = await nameOfActor(engine, by);
    const byMe = by === actorText(actor);
    return { deed, ...(text !== null && { text }), at: formatInstant(at), byMe, ...(byName && { byName }) };
  }

  async function memberView(member: string) {
    const person = await findPerson(engine, member);
    return { name: maskName(person?.name ?? ''), tail: (person?.phone ?? '').slice(-4) };
  }
}

/** As the member's statement has it: only what moved of theirs. */
function aboutView(
  transaction: Transaction,
  { member, place, why }: { member: string; place: string; why: Explanation | undefined },
) {
  const { id, kind, bookedAt, effectiveAt, reverses, entries } = transaction;
  const mine = new Set(membersOf(transaction).filter((owner) => owner === member));
  return {
    ...{ transaction: String(id), kind, place },
    ...{ bookedAt: formatInstant(bookedAt), effectiveAt: formatInstant(effectiveAt) },
    ...(reverses === null ? {} : { reverses: String(reverses) }),
    changes: entries
      .filter(({ account }) => mine.has(account.owner))
      .map(({ account, asset, amount }) => ({
        role: account.role,
        unit: asset.unit,
        amount: String(amount),
      })),
    ...(why === undefined ? {} : { text: { zh: why.zh, en: why.en } }),
  };
}
