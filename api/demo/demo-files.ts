/** Files in the shape that firms export, made from the plan: the demo imports them itself and leaves them to try. */
import { writeCsv, writeXlsx, type OutSheet } from '../platform/files/index.ts';
import type { Month } from '../programme/index.ts';
import type { PlannedHouse } from './estate-plan.ts';

const RELATION_WORDS = { owner: '业主', family: '家庭成员', tenant: '租户' } as const;

export async function bytesOf(sheet: OutSheet): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeXlsx(sheet)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const ROSTER_HEADER = ['小区', '楼栋', '单元', '房号', '姓名', '手机', '与房屋关系', '起始日期', '截止日期'];

/**
 * News for the roster, saved by Excel on a Chinese Windows: somebody moved in, somebody rents, and two rows that have
 * to be mended.
 */
export function rosterNews(input: { month: Month; nextPhone: () => string }): Uint8Array {
  const { month, nextPhone } = input;
  const worked = ['和美苑', '3栋', '2单元'];
  const rows = [
    [...worked, '0601', '方雨桐', nextPhone(), '家庭成员', `${month}-01`, ''],
    [...worked, '0602', '贺子轩', nextPhone(), '租户', `${month}-01`, ''],
    [...worked, '0502', '邵文博', nextPhone(), '朋友', '', ''],
    [...worked, '0401', '常欣妍', '1.38E+10', '家庭成员', `${month}-31`, `${month}-01`],
  ];
  return writeCsv([ROSTER_HEADER, ...rows], { encoding: 'gb18030' });
}

export function rosterSheet(houses: readonly PlannedHouse[]): OutSheet {
  const rows = houses.flatMap(({ building, unit, room, people }) =>
    people.map(({ name, phone, relation }) => {
      const house = ['和美苑', `${building}栋`, `${unit}单元`, room];
      return [...house, name, phone, RELATION_WORDS[relation], '', ''];
    }),
  );
  return { name: '花名册', rows: [ROSTER_HEADER, ...rows], headerRows: 1 };
}
