import { named, type RouteExample } from '../platform/index.ts';

export const creditBatch: RouteExample = {
  params: { place: named.merchant },
  body: {
    rows: [
      { member: named.person, receipt: 'POS-20260620-0001', amount: '58.50' },
      { member: named.person, receipt: 'POS-20260620-0002', amount: '-3' },
    ],
  },
  answer: {
    credited: 1,
    refused: 1,
    rows: [
      {
        ...{ row: 1, result: 'credited', purchase: '01890a5d-ac96-774b-bcce-b302099a9010' },
        ...{ points: '58', unit: 'CON', at: '2026-06-20T04:00:00.000Z' },
      },
      {
        row: 2,
        result: 'refused',
        problem: {
          type: '/api/docs/problems/invalid-input',
          title: '有几项填得不对',
          status: 422,
          code: 'invalid-input',
          titles: { zh: '有几项填得不对', en: 'Some fields are not right' },
          advice: {
            zh: '请按提示改好标出的各项，再提交一次。',
            en: 'Correct the fields that are marked and submit again.',
          },
          fields: [
            {
              field: 'amount',
              zh: '金额要大于零，写成 58.50 这样',
              en: 'An amount above zero, like 58.50',
            },
          ],
        },
      },
    ],
  },
};
