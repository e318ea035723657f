import { named, type RouteExample } from '../platform/index.ts';

const firm = { id: named.firm, name: '和美物业（演示）' };

export const estateFirms: RouteExample = {
  params: { estate: named.estate },
  answer: {
    items: [
      {
        ...{ id: '01890a5d-ac96-774b-bcce-b302099a9011', firm: firm.id, name: firm.name, reason: '', by: '' },
        at: '2026-06-01T09:00:00+08:00',
      },
    ],
    ...{ version: 1, now: firm, choices: [firm] },
  },
};

export const firmsNear: RouteExample = {
  params: { place: named.community },
  answer: { only: firm, choices: [firm] },
};

export const nameFirm: RouteExample = {
  params: { estate: named.estate },
  body: {
    ...{ firm: named.otherFirm, since: '2026-07-01', reason: '业主大会 2026 年第 1 号决议', version: 1 },
  },
};
