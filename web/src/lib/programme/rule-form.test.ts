import { describe, expect, it } from 'vitest';
import { partsShown } from './offset-form.ts';
import { readRule, valuesOf, type RuleBody } from './rule-form.ts';
import { microOf, microText, percentText, shareOf, yuanText } from './rule-numbers.ts';

const award: RuleBody = {
  kind: 'award',
  unit: 'VOL',
  pointsPerHour: 10,
  typePointsPerHour: { 助老服务: 15, 垃圾分类: 8 },
  maxMinutesPerActivity: 90,
  maxPointsPerDay: 60,
  maxServicesPerMonth: 8,
  frequency: { from: 5, factor: '1.2' },
  minimumShare: '0.6',
  dayFactors: { workday: '1', weekend: '1.5', holiday: '2', 'make-up': '1' },
  gradeFactors: {
    'very-satisfied': '1.2',
    satisfied: '1',
    'fairly-satisfied': '0.8',
    dissatisfied: '0',
    'very-dissatisfied': '0',
  },
  earningTrust: ['scan', 'roll-call'],
  rounding: 'down',
  expiry: { bucket: 'year', later: 1, graceMonths: 2 },
};
const purchase: RuleBody = {
  kind: 'purchase',
  unit: 'CON',
  points: 1,
  perFen: 150,
  maxPointsPerDay: 500,
  expiry: { never: true },
};
const offset: RuleBody = {
  kind: 'offset',
  feeItems: ['物业服务费', '车位费'],
  minBillFen: 5_000,
  maxShare: '0.125',
  rounding: 'half-up',
  maxFenPerHouseholdMonth: 5_000,
  cutOffDay: 25,
  relations: ['owner', 'family'],
  refusesArrears: true,
  worthMicro: { VOL: 100_000, CON: 12_500 },
};

const parted: RuleBody = {
  ...offset,
  arrears: 'oldest-first',
  itemOrder: 'as-listed',
  items: {
    物业服务费: { maxShare: '0.5', maxFenPerHouseholdMonth: 3_000, worthMicro: { VOL: 50_000 } },
    车位费: { minBillFen: 10_000, from: '2026-06-01', until: '2026-12-31' },
  },
};

describe('the form of a rule', () => {
  it.each([award, purchase, offset, parted])('reads back what it showed: $kind', (body) => {
    expect(readRule(body.kind, valuesOf(body))).toEqual({ body });
  });

  it('leaves out what is not filled in', () => {
    const { typePointsPerHour: _, maxServicesPerMonth: __, frequency: ___, ...plain } = award;
    expect(readRule('award', valuesOf(plain))).toEqual({ body: plain });
  });

  it.each([
    ['award', award, 'perHour', '1e3'],
    ['award', award, 'perHour', '12,5'],
    ['award', award, 'types', '助老服务'],
    ['award', award, 'types', '助老服务 15\n助老服务 16'],
    ['award', award, 'perActivity', '25'],
    ['award', award, 'frequencyFrom', '1'],
    ['award', award, 'grade.satisfied', '-1'],
    ['award', award, 'share', '101'],
    ['purchase', purchase, 'per', '0'],
    ['purchase', purchase, 'points', ''],
    ['offset', offset, 'worth.VOL', '0'],
    ['offset', offset, 'cutOff', '31'],
    ['offset', offset, 'items', ''],
    ['offset', parted, 'part.0.item', '电费'],
    ['offset', parted, 'part.1.item', '物业服务费'],
    ['offset', parted, 'part.1.until', '2026-05-31'],
    ['offset', parted, 'part.1.from', '2026-02-30'],
    ['offset', parted, 'part.0.worth.VOL', '0'],
  ] as const)('of %s says beside the field what is wrong: %o', (kind, body, field, typed) => {
    const read = readRule(kind, { ...valuesOf(body), [field]: typed });
    expect(Object.keys('errors' in read ? read.errors : {})).toEqual([field]);
  });

  it('takes full-width digits and a colon between a type and its points', () => {
    const read = readRule('award', { ...valuesOf(award), perHour: '１２', types: '助老服务：15' });
    expect(read).toMatchObject({ body: { pointsPerHour: 12, typePointsPerHour: { 助老服务: 15 } } });
  });

  it('says which box wants at least one tick', () => {
    const { 'trust.scan': _, 'trust.roll-call': __, ...none } = valuesOf(award);
    expect(readRule('award', none)).toMatchObject({ errors: { trust: expect.any(String) as string } });
  });
});

it('an empty part follows those that are filled in', () => {
  expect([partsShown(valuesOf(offset)), partsShown(valuesOf(parted))]).toEqual([1, 3]);
});

describe('numbers of a rule', () => {
  it.each([
    ['0.6', '60'],
    ['1', '100'],
    ['0', '0'],
    ['0.125', '12.5'],
    ['0.05', '5'],
    ['0.0025', '0.25'],
  ])('%s is typed as %s %%', (share, percent) => {
    expect(percentText(share)).toBe(percent);
    expect(shareOf(percent)).toBe(share);
  });

  it.each(['101', '-1', '12.345', '', 'x'])('“%s” is no share', (percent) => {
    expect(shareOf(percent)).toBeUndefined();
  });

  it('yuan are exact', () => {
    expect([yuanText(35), yuanText(5_000), microText(12_500), microText(1)]).toEqual([
      '0.35',
      '50',
      '0.0125',
      '0.000001',
    ]);
    expect([microOf('0.0125'), microOf('100')]).toEqual([12_500, 100_000_000]);
    expect(['100.1', '0', '0.00667'].map(microOf)).toEqual([undefined, undefined, undefined]);
  });
});

it('hours are shown so that they are read as the same minutes again, for each number of minutes', () => {
  expect(valuesOf({ ...award, maxMinutesPerActivity: 100 })['perActivity']).toBe('1.67');
  expect(valuesOf({ ...award, maxMinutesPerActivity: 90 })['perActivity']).toBe('1.5');
  for (let minutes = 1; minutes <= 1_440; minutes++) {
    const body = { ...award, maxMinutesPerActivity: minutes };
    expect(readRule('award', valuesOf(body))).toEqual({ body });
  }
});

it('a line is one fee, or one type, whatever commas are in its name', () => {
  const fees = { ...offset, feeItems: ['物业费、电梯费', '水,电'] };
  expect(readRule('offset', valuesOf(fees))).toEqual({ body: fees });
  const types = { ...award, typePointsPerHour: { '助老，助残': 15 } };
  const read = readRule('award', valuesOf(types));
  expect('body' in read && read.body).toMatchObject({ typePointsPerHour: { '助老,助残': 15 } });
});
