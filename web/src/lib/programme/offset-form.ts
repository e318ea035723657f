import { m } from '$lib/paraglide/messages.js';
import type { RuleBody } from './rule-form.ts';
import { microText, percentText, yuanText } from './rule-numbers.ts';
import { roundings, ticks, type Reader, type Values } from './rule-reader.ts';

type Offset = Extract<RuleBody, { kind: 'offset' }>;
type ItemPart = NonNullable<Offset['items']>[string];

export const relations = ['owner', 'family', 'tenant'] as const;
/** Whoever has arrears: refused, let in with the oldest line alone, or let in. */
export const arrearsWays = ['refuse', 'oldest-first', 'ignore'] as const;
/** More fee items with something of their own nobody could keep in mind. */
export const MOST_PARTS = 8;

export function offsetValues(body: Offset): Values {
  const { refusesArrears, arrears, items = {} } = body;
  return {
    items: body.feeItems.join('\n'),
    ...worthValues('worth.', body.worthMicro),
    threshold: body.minBillFen === undefined ? '' : yuanText(body.minBillFen),
    share: percentText(body.maxShare),
    cap: yuanText(body.maxFenPerHouseholdMonth),
    cutOff: String(body.cutOffDay),
    ...ticks('relation', body.relations),
    arrears: arrears ?? (refusesArrears ? 'refuse' : 'ignore'),
    order: body.itemOrder === undefined ? '' : 'yes',
    rounding: body.rounding,
    ...Object.assign({}, ...Object.entries(items).map(([item, part], at) => partValues(at, item, part))),
  };
}

function worthValues(prefix: string, worth: Readonly<Record<string, number>>): Values {
  return Object.fromEntries(
    Object.entries(worth).map(([unit, micro]) => [`${prefix}${unit}`, microText(micro)]),
  );
}

function partValues(at: number, item: string, part: ItemPart): Values {
  const { minBillFen, maxShare, maxFenPerHouseholdMonth: cap, worthMicro = {}, from = '', until = '' } = part;
  const of = (name: string) => `part.${at}.${name}`;
  return {
    [of('item')]: item,
    [of('threshold')]: minBillFen === undefined ? '' : yuanText(minBillFen),
    [of('share')]: maxShare === undefined ? '' : percentText(maxShare),
    [of('cap')]: cap === undefined ? '' : yuanText(cap),
    ...{ [of('from')]: from, [of('until')]: until },
    ...worthValues(of('worth.'), worthMicro),
  };
}

/** How many parts the form shows: those that are filled in and an empty one. */
export function partsShown(values: Values): number {
  const filled = Object.keys(values).flatMap((name) => {
    const [, at] = /^part\.(\d{1,2})\./.exec(name) ?? [];
    return at !== undefined && values[name] !== '' ? [Number(at)] : [];
  });
  return Math.min(MOST_PARTS, Math.max(-1, ...filled) + 2);
}

export function readOffset(read: Reader): Offset {
  const feeItems = [...new Set(read.lines('items'))];
  if (feeItems.length === 0 || feeItems.length > 50 || feeItems.some((item) => item.length > 40)) {
    read.errors['items'] = m.rules_wrong_items();
  }
  const worthMicro = read.worth('worth.');
  const isMissing = Object.keys(worthMicro).length === 0;
  if (isMissing) read.errors['worth.VOL'] ??= m.rules_wrong_none();
  const arrears = read.one('arrears', arrearsWays);
  const items = readParts(read, feeItems);
  return {
    kind: 'offset',
    feeItems,
    ...(read.text('threshold') !== '' && { minBillFen: read.yuan('threshold') }),
    maxShare: read.share('share'),
    rounding: read.one('rounding', roundings),
    maxFenPerHouseholdMonth: read.yuan('cap'),
    cutOffDay: read.whole('cutOff', 1, 28),
    relations: read.ticked('relation', relations),
    refusesArrears: arrears !== 'ignore',
    ...(arrears === 'oldest-first' && { arrears }),
    ...(read.text('order') !== '' && { itemOrder: 'as-listed' as const }),
    ...(Object.keys(items).length > 0 && { items }),
    worthMicro,
  };
}

function readParts(read: Reader, feeItems: readonly string[]): Record<string, ItemPart> {
  const found: Record<string, ItemPart> = {};
  for (let at = 0; at < MOST_PARTS; at++) {
    const of = (name: string) => `part.${at}.${name}`;
    const item = read.text(of('item'));
    if (item === '') continue;
    if (!feeItems.includes(item) || Object.hasOwn(found, item)) {
      read.errors[of('item')] = m.rules_wrong_part();
      continue;
    }
    found[item] = readPart(read, of);
  }
  return found;
}

function readPart(read: Reader, of: (name: string) => string): ItemPart {
  const isSaid = (name: string) => read.text(of(name)) !== '';
  const worthMicro = read.worth(of('worth.'));
  const [from, until] = [read.day(of('from')), read.day(of('until'))];
  if (from !== undefined && until !== undefined && from > until) {
    read.errors[of('until')] ??= m.rules_wrong_until();
  }
  return {
    ...(isSaid('threshold') && { minBillFen: read.yuan(of('threshold')) }),
    ...(isSaid('share') && { maxShare: read.share(of('share')) }),
    ...(isSaid('cap') && { maxFenPerHouseholdMonth: read.yuan(of('cap')) }),
    ...(Object.keys(worthMicro).length > 0 && { worthMicro }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}
