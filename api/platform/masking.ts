/**
 * Protects: a name or number on a screen, a list or a slip shows no more than is needed to recognise it
 * (个人信息保护法 art. 6). What is hidden keeps no length, so that a short name does not stand out.
 */

/** The two-character surnames in use; any other name keeps its first character. */
const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 端木 百里 呼延 东郭 南宫 西门 独孤 轩辕 闻人 申屠 公羊 钟离 第五'.split(
    ' ',
  ),
);

/** 王秀珍 as 王*, 欧阳娜娜 as 欧阳*, John Smith as J*. An empty name stays empty. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim());
  const [first] = characters;
  if (first === undefined) return '';
  const surname = characters.slice(0, 2).join('');
  return `${characters.length > 2 && COMPOUND_SURNAMES.has(surname) ? surname : first}*`;
}

/**
 * 13800000001 as 138****0001; a landline or any other number keeps its last four digits, and one of seven digits or
 * fewer only its last two.
 */
export function maskPhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/\D/g, '');
  const mobile = /^(?:0?086|86)?(1\d{2})\d{4}(\d{4})$/.exec(digits);
  if (mobile) return `${mobile[1]}****${mobile[2]}`;
  if (digits === '') return '';
  return `****${digits.slice(digits.length > 7 ? -4 : -2)}`;
}
