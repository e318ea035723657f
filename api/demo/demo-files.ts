/** Files in the shape that firms export, made from the plan: the demo imports them itself and leaves them to try. */
import { writeXlsx, type OutSheet } from '../platform/files/index.ts';
import type { PlannedHouse } from './estate-plan.ts';

const RELATION_WORDS = { owner: '业主', family: '家庭成员', tenant: '租户' } as const;

export async function bytesOf(sheet: OutSheet): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeXlsx(sheet)) pieces.push(piece);
  return Buffer.concat(pieces);
}

export function rosterSheet(houses: readonly PlannedHouse[]): OutSheet {
  const header = ['小区', '楼栋', '单元', '房号', '姓名', '手机', '与房屋关系', '起始日期', '截止日期'];
  const rows = houses.flatMap(({ building, unit, room, people }) =>
    people.map(({ name, phone, relation }) => {
      const house = ['和美苑', `${building}栋`, `${unit}单元`, room];
      return [...house, name, phone, RELATION_WORDS[relation], '', ''];
    }),
  );
  return { name: '花名册', rows: [header, ...rows], headerRows: 1 };
}
