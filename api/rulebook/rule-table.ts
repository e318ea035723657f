/** The versions of a rule as a table to take away: from when until when, who published each, why, on what document, and all it says. */
import type { ProductDeps } from '../places/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import { dayOf, type RuleKind } from '../programme/index.ts';
import { versionViews } from './rule.views.ts';
import { listVersions } from './rule-versions.ts';

type VersionView = Awaited<ReturnType<typeof versionViews>>[number];

const STATES = {
  'in-force': '现行',
  'to-come': '还没到日子',
  earlier: '以前的',
  withdrawn: '已撤回',
} as const;

export async function* versionTable(
  deps: ProductDeps,
  of: { place: string; kind: RuleKind },
): AsyncGenerator<readonly OutCell[]> {
  yield [
    ...['起用日期', '最后一天', '状态', '为什么', '依据', '发布人', '发布日期'],
    ...['撤回人', '撤回日期', '为什么撤回', '全部规定'],
  ];
  const pages = everyPage(
    ({ before, limit }: { before?: { validFrom: number; id: string }; limit: number }) =>
      listVersions(deps.engine, { ...of, limit, ...(before && { after: before }) }),
    ({ validFrom, id }) => ({ validFrom, id }),
  );
  for await (const rows of pages)
    for (const view of await versionViews(deps, rows, deps.clock())) yield rowOf(view);
}

function rowOf(version: VersionView): readonly OutCell[] {
  const { from, until, state, reason, basis = '', publishedByName = '', publishedAt, withdrawal } = version;
  const day = (at: string | undefined): OutCell => (at === undefined ? '' : { date: dayOf(Date.parse(at)) });
  const last = until === undefined ? '' : { date: dayOf(Date.parse(until) - 1) };
  return [
    ...[day(from), last, STATES[state], reason, basis, publishedByName, day(publishedAt)],
    ...[withdrawal?.byName ?? '', day(withdrawal?.at), withdrawal?.reason ?? ''],
    version.lines.map(({ name, text }) => `${name.zh}：${text.zh}`).join('；'),
  ];
}
