/** What the facts of a refusal say to a person, where the title of its code does not say it already. */
import { formatYuan, microToFen } from '../platform/money/index.ts';
import type { Words } from '../platform/index.ts';
import type { Refusal, RefusalCode } from './core/refusals.ts';

type Facts = NonNullable<Refusal['facts']>;
type Sentence = (fact: (name: string) => number | undefined, facts: Facts) => Words | undefined;

const SHANGHAI_MS = 8 * 3_600_000;
const count = (amount: number): string => amount.toLocaleString('en-US');
const yuan = (micro: number): string => `¥${formatYuan(microToFen(micro, 'half-up').amountFen)}`;
const minute = (at: number): string =>
  new Date(at + SHANGHAI_MS).toISOString().slice(0, 16).replace('T', ' ');

/** Says a number; nothing where there is none, or none that helps. */
const saying =
  (name: string, zh: (text: string) => string, en: (text: string) => string, text = count): Sentence =>
  (fact) => {
    const value = fact(name);
    return value === undefined || value <= 0 ? undefined : { zh: zh(text(value)), en: en(text(value)) };
  };
const left = saying(
  'left',
  (n) => `还剩 ${n} 分可以办`,
  (n) => `${n} points are left of it`,
);
const most = saying(
  'limit',
  (n) => `一次最多 ${n} 项`,
  (n) => `At most ${n} at once`,
);

const SENTENCES: Partial<Record<RefusalCode, Sentence>> = {
  'insufficient-points': saying(
    'short',
    (n) => `还差 ${n} 分`,
    (n) => `${n} points are missing`,
  ),
  'budget-exhausted': saying(
    'short',
    (n) => `额度还差 ${n} 分`,
    (n) => `The budget is ${n} points short`,
  ),
  'value-not-reachable': saying(
    'shortMicro',
    (n) => `还差 ${n}`,
    (n) => `${n} is missing`,
    yuan,
  ),
  'hold-exceeded': left,
  'award-settled': left,
  'reversal-exceeded': left,
  'hold-ended': saying(
    'endsAt',
    (at) => `预留到 ${at} 为止`,
    (at) => `It was kept until ${at}`,
    minute,
  ),
  'not-yet-expired': saying(
    'expiresAt',
    (at) => `${at} 才到期`,
    (at) => `They end at ${at}`,
    minute,
  ),
  'effective-in-future': saying(
    'bookedAt',
    (at) => `现在是 ${at}`,
    (at) => `It is ${at} now`,
    minute,
  ),
  overpaid: saying(
    'owedMicro',
    (n) => `应付的是 ${n}`,
    (n) => `${n} is owed`,
    yuan,
  ),
  'exposure-exceeded': (fact) => {
    const [limit, left] = [fact('limitMicro'), fact('leftMicro')];
    if (limit === undefined || left === undefined) return undefined;
    return {
      zh: `未结限额 ${yuan(limit)}，还能收 ${yuan(left)}`,
      en: `At most ${yuan(limit)} may be unpaid; ${yuan(left)} more can be taken`,
    };
  },
  'cap-exceeded': (fact) => {
    const [max, rest] = [fact('max'), fact('left')];
    if (max === undefined || rest === undefined) return undefined;
    return {
      zh: `上限 ${count(max)}，还剩 ${count(rest)}`,
      en: `The limit is ${count(max)}, of which ${count(rest)} is left`,
    };
  },
  'month-closed': (_fact, { month }) => {
    const [year = '', nth = ''] = String(month ?? '').split('-');
    return nth === '' ? undefined : { zh: `${year}年${Number(nth)}月`, en: `${year}-${nth}` };
  },
  'too-many-series': most,
  'too-many-entries': most,
};

export function wordsOfRefusal(code: RefusalCode, facts: Facts): Words | undefined {
  const fact = (name: string): number | undefined =>
    typeof facts[name] === 'number' ? facts[name] : undefined;
  return SENTENCES[code]?.(fact, facts);
}
