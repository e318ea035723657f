import { headerKey } from '../../platform/files/index.ts';

/** One fee item, many names: bills and posted lists of the same firm rarely agree. */
const SAME_ITEM: Readonly<Record<string, readonly string[]>> = {
  物业服务费: ['物业服务费', '物业费', '物业管理费', '物业服务费用', '综合服务费'],
};
const NAME_OF = new Map(
  Object.entries(SAME_ITEM).flatMap(([name, words]) => words.map((word) => [headerKey(word), name] as const)),
);

/** Offices space Chinese words out to fill a column. */
const SPACE_IN_HAN = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/** The item's one name; an item that we do not know keeps its own. */
export function feeItem(text: string): string {
  return NAME_OF.get(headerKey(text)) ?? (/\s/.test(text) ? text.replace(SPACE_IN_HAN, '') : text);
}
