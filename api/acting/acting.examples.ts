import { named, type RouteExample } from '../platform/index.ts';

const consent = {
  id: named.helper,
  principal: { id: named.person, name: '王*兰' },
  helper: { id: named.housemate, name: '李*' },
  may: 'spend',
  since: '2026-06-15',
  lastDay: '2027-06-14',
  given: 'house',
  state: 'standing',
};
const onPaper = { ...consent, given: 'paper', paper: '代-2026-017' };

export const myHelpers: RouteExample = { answer: { items: [consent] } };
export const myPrincipals: RouteExample = { answer: { items: [consent] } };
export const housemates: RouteExample = {
  answer: { items: [{ id: named.housemate, name: '李*', relation: 'family', house: '3栋2单元0501' }] },
};
export const nameHelper: RouteExample = {
  body: { person: named.housemate, may: 'spend' },
  answer: consent,
};
export const helperCode: RouteExample = {
  answer: { digits: '2046 8135', endsAt: '2026-06-15T04:10:00.000Z' },
};
export const readHelperCode: RouteExample = {
  body: { code: named.helperDigits },
  answer: { name: '李*' },
};
export const endHelping: RouteExample = { params: { helper: named.helper } };
export const residentHelpers: RouteExample = {
  params: { estate: named.estate, resident: named.resident },
  answer: { items: [onPaper] },
};
export const helperOnPaper: RouteExample = {
  params: { estate: named.estate, resident: named.resident },
  body: { helper: named.housemate, may: 'spend', paper: '代-2026-017' },
  answer: onPaper,
};
