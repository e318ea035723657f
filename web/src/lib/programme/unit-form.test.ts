import { expect, it } from 'vitest';
import { readNewUnit, readUnitChange } from './unit-form.ts';

const typed = {
  code: 'ｇｒｎ',
  nameZh: '低碳积分',
  nameEn: 'green',
  expiry: 'year',
  later: '1',
  grace: '',
  basis: '纪要',
};

it('a new kind of points is read as it is meant, full-width letters too', () => {
  expect(readNewUnit(typed)).toEqual({
    json: {
      code: 'GRN',
      nameZh: '低碳积分',
      nameEn: 'green',
      expiry: { bucket: 'year', later: 1 },
      basis: '纪要',
    },
  });
  expect(readNewUnit({ ...typed, expiry: 'never', later: '' })).toMatchObject({
    json: { expiry: { never: true } },
  });
});

it('what is missing is said beside its own field', () => {
  expect(readNewUnit({ expiry: 'year' })).toMatchObject({
    errors: {
      ...{ code: expect.any(String) as string, nameZh: expect.any(String) as string },
      ...{ later: expect.any(String) as string, basis: expect.any(String) as string },
    },
  });
  expect(readUnitChange(typed)).toMatchObject({ errors: { reason: expect.any(String) as string } });
});
