/** What the community's finance says of the month before, one fen off: compared, and waiting for both sides to agree. */
import { findFund, type Month } from '../programme/index.ts';
import { ourSide, typeStatement } from '../settlement/index.ts';
import { MICRO_PER_FEN } from '../platform/money/index.ts';
import type { Crew, DemoDeps } from './crew.ts';

export async function sendFunderStatement(
  deps: DemoDeps,
  { actors }: Crew,
  { community, month }: { community: string; month: Month },
): Promise<void> {
  const fund = await findFund(deps, { place: community, unit: 'VOL' });
  if (!fund) return;
  const { figures, names } = await ourSide(deps, { fund, month });
  const [owed] = figures.parties.filter(({ balance }) => balance !== undefined);
  if (!owed?.balance) return;
  const { opening, accepted, reversed, paid, closing } = owed.balance;
  const fen = (micro: number): number => Math.floor(micro / MICRO_PER_FEN);
  const row = {
    ...{ rowNumber: 1, partyText: names.get(owed.party) ?? '', number: '', period: month },
    ...{ opening: fen(opening), points: owed.points, accepted: fen(accepted), reversed: fen(reversed) },
    ...{ paid: fen(paid), closing: fen(closing) + 1 },
  };
  // On the first minutes of a month the one before is not over yet, and nothing is said of it. To agree is a transaction, and
  // of those a later day only adds to the same history: it is left to whoever tries the demo.
  await typeStatement(deps, { fund: fund.id, month, rows: [row], reason: '', actor: actors.staff });
}
