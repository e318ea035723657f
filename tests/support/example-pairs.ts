/** What the documentation's examples name of a statement whose rows are paired by hand. */
import { ofFunds, tiedStatement } from './access-funds.ts';
import type { TestApp } from './whole-app.ts';

export function pairThings(app: TestApp, { community }: { community: string }) {
  let now: { tied: Awaited<ReturnType<typeof tiedStatement>>; used: Set<string> } | undefined;
  /** One statement for the three names of an example, another one for the next example. */
  const tiedFor = async (name: string) => {
    if (!now || now.used.has(name)) now = { tied: await tiedStatement(app, community), used: new Set() };
    now.used.add(name);
    return now.tied;
  };
  return {
    tiedStatement: async () => (await tiedFor('statement')).statement,
    openRowOfTheirs: async () => (await tiedFor('theirs')).theirs[1]!,
    openRowOfOurs: async () => (await tiedFor('ours')).ours[1]!,
    fundPairing: () => ofFunds.fundPairing(app, community),
    funderStatement: () => ofFunds.funderStatement(app, community),
  };
}
