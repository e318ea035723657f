import type { ProductDeps } from '../places/index.ts';
import { cutPage, isProblem, parsePage, type PersonActor, type Problem } from '../platform/index.ts';
import type { Explainer } from '../programme/index.ts';
import { listOwnInquiries } from './find-inquiries.ts';
import { inquiryViews } from './inquiries.views.ts';

type Asked = Parameters<typeof parsePage>[0] & { transaction?: string | undefined };

/** A page of what a member asked, about one transaction or any, as its reader may see it. */
export async function ownPage(
  sources: ProductDeps & { readonly explainers: readonly Explainer[] },
  {
    member,
    query,
    actor,
    around,
  }: { member: string; query: Asked; actor: PersonActor; around?: readonly string[] },
): Promise<{ items: Awaited<ReturnType<typeof inquiryViews>>; next?: string } | Problem> {
  const { transaction, ...asked } = query;
  const page = parsePage(asked, 'newest');
  if (isProblem(page)) return page;
  const rows = await listOwnInquiries(sources.engine, {
    ...{ member, limit: page.limit + 1 },
    ...(around !== undefined && { around }),
    ...(transaction !== undefined && { transaction: Number(transaction) }),
    ...(page.after !== undefined && { before: String(page.after.id) }),
  });
  const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
  return { ...cut, items: await inquiryViews(sources, cut.items, actor) };
}
