/**
 * The pinyin initials by which a counter finds somebody: 王秀兰 is `wxl`. The platform's own collation sorts characters by
 * pinyin, so a character's letter is that of the last first-character before it; no dictionary has to be kept in memory.
 */
const COLLATOR = new Intl.Collator('zh-CN-u-co-pinyin');
/** The first character of each letter, in order; no syllable begins with i, u or v. */
const FIRSTS = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七然仨它穵夕丫帀'];
const LETTERS = 'abcdefghjklmnopqrstwxyz';
const HAN = /\p{Script=Han}/u;
/** As a surname read otherwise than elsewhere. */
const SURNAMES: Readonly<Record<string, string>> = {
  ...{ 单: 's', 曾: 'z', 翟: 'z', 仇: 'q', 解: 'x', 查: 'z', 区: 'o', 朴: 'p', 缪: 'm', 盖: 'g' },
  ...{ 乜: 'n', 钭: 't', 种: 'c', 秘: 'b', 员: 'y', 尉: 'y', 长: 'z' },
};

function letterOf(character: string): string {
  if (!HAN.test(character)) return /[a-z]/i.test(character) ? character.toLowerCase() : '';
  const at = FIRSTS.findLastIndex((first) => COLLATOR.compare(first, character) <= 0);
  return LETTERS[at] ?? '';
}

export function initialsOf(name: string): string {
  return [...name]
    .map((character, at) => (at === 0 ? (SURNAMES[character] ?? letterOf(character)) : letterOf(character)))
    .join('');
}
