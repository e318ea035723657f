/** What the community's finance says of the month before, one fen off: compared, and agreed to by one side. */
import { isProblem } from '../platform/index.ts';
import { findFund, type Month } from '../programme/index.ts';
import { agreeTo, ourSide, typeStatement } from '../settlement/index.ts';
import { MICRO_PER_FEN } from '../platform/money/index.ts';
import type { Crew, DemoDeps } from './crew.ts';
import { must } from './must.ts';

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
  const sent = await typeStatement(deps, {
    fund: fund.id,
    month,
    rows: [row],
    reason: '',
    actor: actors.staff,
  });
  // On the first minutes of a month the one before is not over yet.
  if (isProblem(sent)) return;
  const remark = '差 0.01 元，下月补付';
  const said = { statement: sent.statement, side: 'funder' as const, remark, actor: actors.staff };
  const refused = await agreeTo(deps, said);
  if (refused) must(refused);
}
