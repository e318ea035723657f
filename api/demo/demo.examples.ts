import type { RouteExample } from '../platform/index.ts';

export const demo: RouteExample = {
  answer: {
    people: [
      { who: 'volunteer', zh: '志愿者', en: 'Volunteer', name: '李慧芳', username: 'volunteer' },
      { zh: '店员', en: 'Clerk', name: '孙晓梅', who: 'clerk', username: 'clerk' },
    ],
    others: [
      {
        zh: '社区工作人员（评价）',
        en: 'Community staff, rating',
        name: '田静',
        who: 'rater',
        username: 'rater',
      },
    ],
    files: [
      '和美苑花名册.xlsx',
      '花名册-新入住.csv',
      '入账清单-2026-05.xlsx',
      '和美苑物业费应收明细表-2026-06.xlsx',
      '和美苑物业费应收明细表-2026-07.xlsx',
    ],
  },
};

export const goOnAs: RouteExample = {
  body: { who: 'staff' },
  answer: { person: '01890a5d-ac96-774b-bcce-b302099a9010' },
};

export const sampleFile: RouteExample = { params: { file: '花名册-新入住.csv' } };
