/** What the workspace of breaks is filtered by, as its address has it. */
export const breakViews = ['all', 'mine', 'nobody', 'week', 'month', 'asked', 'carried'] as const;
export type BreakView = (typeof breakViews)[number];

/** What the API is asked for. */
export function queryOfView(view: BreakView) {
  if (view === 'mine') return { with: 'me' as const };
  if (view === 'nobody') return { with: 'nobody' as const };
  if (view === 'week') return { olderThan: '7' as const };
  if (view === 'month') return { olderThan: '30' as const };
  return view === 'all' ? {} : { only: view };
}
