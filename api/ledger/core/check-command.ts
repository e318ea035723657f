/**
 * What a command must look like before it is planned: names that can stand in a natural key, amounts above zero,
 * instants and rates that are whole. So no posting meets a NaN, a fraction or half an asset.
 */
import { isAmount, MICRO_PER_FEN, type Amount } from './amount.ts';
import type { Asset, SeriesTerms } from './asset.ts';
import type { Command, EntryDraft, Take, TermsByFund } from './command.ts';
import { refuse, type Refusal } from './refusals.ts';
import { isName, isShortText } from './text.ts';

export function checkCommand(command: Command): Refusal | undefined {
  switch (command.do) {
    case 'open':
      return texts({ code: command.code, name: command.name });
    case 'post':
      return texts({ kind: command.kind }) ?? first(command.entries, checkEntry);
    case 'budget':
      return names({ fund: command.fund, unit: command.unit }) ?? check(isMoved(command.amount));
    case 'award':
    case 'credit': {
      const { member, fund, unit, amount } = command;
      const series = command.do === 'credit' ? isSeriesTerms(command.series) : true;
      return names({ member, fund, unit }) ?? check(isPositive(amount) && series);
    }
    case 'release':
      return check(isId(command.award) && isPart(command.amount) && isSeriesTerms(command.series));
    case 'reject':
      return check(isId(command.award) && isPart(command.amount));
    case 'hold': {
      const { hold, member, redeemer, take, endsAt, terms } = command;
      return (
        names({ hold, member, redeemer }) ?? checkTake(take) ?? checkTerms(terms) ?? check(isAmount(endsAt))
      );
    }
    case 'capture':
      return names({ hold: command.hold }) ?? check(isPart(command.points));
    case 'return':
      return names({ hold: command.hold });
    case 'spend': {
      const { member, redeemer, take, terms } = command;
      return names({ member, redeemer }) ?? checkTake(take) ?? checkTerms(terms);
    }
    case 'refund':
    case 'clawback':
      return check(isId(command.of) && isPart(command.points));
    case 'expire':
      return names({ member: command.member }) ?? checkAsset(command.asset, ['series']);
    case 'pay': {
      const { payer, payee, amountMicro, reverses } = command;
      const isWhole = isPositive(amountMicro) && amountMicro % MICRO_PER_FEN === 0;
      return names({ payer, payee }) ?? check(isWhole && (reverses === undefined || isId(reverses)));
    }
  }
}

function checkEntry({ owner, counterparty, asset, amount }: EntryDraft): Refusal | undefined {
  return (
    names({ owner }) ??
    texts({ counterparty }) ??
    checkAsset(asset, ['series', 'promise', 'cny6']) ??
    check(isMoved(amount))
  );
}

/** Promise and CNY6 carry zeros, so that one asset has one spelling. */
function checkAsset(asset: Asset, kinds: readonly Asset['kind'][]): Refusal | undefined {
  const { kind, unit, fund, expiresAt, rateMicro, budgetReturns } = asset;
  if (!kinds.includes(kind)) return refuse('wrong-account', { asset: String(kind) });
  if (kind === 'cny6') return check(unit === '' && fund === '' && isAllZero(asset));
  const named = names({ unit, fund });
  if (named || kind === 'promise') return named ?? check(isAllZero(asset));
  return check(isDated(expiresAt, rateMicro) && (budgetReturns === 0 || budgetReturns === 1));
}

function isAllZero({ expiresAt, rateMicro, budgetReturns }: Asset): boolean {
  return expiresAt === 0 && rateMicro === 0 && budgetReturns === 0;
}

function isSeriesTerms({ expiresAt, rateMicro }: SeriesTerms): boolean {
  return isDated(expiresAt, rateMicro);
}

function isDated(expiresAt: number, rateMicro: number): boolean {
  return isPositive(expiresAt) && isAmount(rateMicro) && rateMicro >= 0;
}

function checkTake(take: Take): Refusal | undefined {
  if ('points' in take) {
    const { unit, fund = unit, points } = take;
    return names({ unit, fund }) ?? check(isPositive(points));
  }
  const worths = Object.entries(take.worthMicro);
  const isMadeOfPoints = (take.madeOf ?? []).every(
    (part) => isPositive(part.series) && isPositive(part.points),
  );
  const worthless = worths.some(([, worth]) => !isAmount(worth) || worth < 0);
  const badName = first(worths, ([unit]) => names({ unit }));
  return badName ?? check(isPositive(take.valueMicro) && !worthless && isMadeOfPoints);
}

function checkTerms(termsByFund: TermsByFund): Refusal | undefined {
  return first(Object.entries(termsByFund), ([fund, terms]) => {
    const via = terms.mode === 'clearing' ? terms.via : fund;
    const { factor, limitMicro = 0 } = terms.mode === 'stocked' ? { factor: 0 } : terms;
    return names({ fund, via }) ?? check([factor, limitMicro].every((n) => isAmount(n) && n >= 0));
  });
}

function names(parts: Readonly<Record<string, string>>): Refusal | undefined {
  for (const [field, name] of Object.entries(parts)) if (!isName(name)) return refuse('bad-text', { field });
  return undefined;
}

function texts(parts: Readonly<Record<string, string>>): Refusal | undefined {
  for (const [field, text] of Object.entries(parts))
    if (!isShortText(text)) return refuse('bad-text', { field });
  return undefined;
}

function first<T>(items: readonly T[], ask: (item: T) => Refusal | undefined): Refusal | undefined {
  for (const item of items) {
    const refusal = ask(item);
    if (refusal) return refusal;
  }
  return undefined;
}

function check(holds: boolean): Refusal | undefined {
  return holds ? undefined : refuse('amount-out-of-range');
}

function isPositive(amount: Amount): boolean {
  return isAmount(amount) && amount > 0;
}

/** A part of something; left out, it means all that is left. */
function isPart(amount: Amount | undefined): boolean {
  return amount === undefined || isPositive(amount);
}

function isMoved(amount: Amount): boolean {
  return isAmount(amount) && amount !== 0;
}

function isId(id: number): boolean {
  return isAmount(id) && id > 0;
}
