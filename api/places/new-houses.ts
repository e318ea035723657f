/**
 * Protects: 0501 and 501 are two houses, so a roster that writes 601 for 0601, or 33 for 3, would make a house that
 * nobody lives in. Whether a new house is real, a person says. Pure.
 */
import { formatHouse, houseKey, type House } from './houses.ts';
import type { Question } from './import-questions.ts';

const NAMED = 8;

/** What to ask before `added` are made beside the houses that are `known`; an estate's first roster is all new. */
export function newHousesQuestion(
  added: readonly House[],
  known: ReadonlyMap<string, House>,
): Question | undefined {
  const twins = twinsOf(added, known);
  const asked = known.size > 0 ? added : added.filter((house) => twins.has(house));
  if (asked.length === 0) return undefined;
  const buildings = new Set([...known.values()].map(({ building }) => building));
  const note = (house: House) => {
    const twin = twins.get(house);
    if (twin) return { zh: `已有 ${formatHouse(twin)}`, en: `there is ${formatHouse(twin)}` };
    if (known.size === 0 || buildings.has(house.building)) return undefined;
    return { zh: `以前没有${house.building}栋`, en: `no building ${house.building} so far` };
  };
  // What looks like a slip stands first.
  const named = asked
    .map((house) => ({ name: formatHouse(house), note: note(house) }))
    .sort((a, b) => Number(b.note !== undefined) - Number(a.note !== undefined))
    .slice(0, NAMED);
  const rest = asked.length - named.length;
  const zh = named.map(({ name, note: said }) => (said ? `${name}（${said.zh}）` : name)).join('、');
  const en = named.map(({ name, note: said }) => (said ? `${name} (${said.en})` : name)).join(', ');
  return {
    code: 'new-houses',
    zh: `会新建 ${asked.length} 户房屋：${zh}${rest > 0 ? `，另有 ${rest} 户` : ''}。门牌没有写错，确实有这些房屋`,
    en: `${asked.length} houses are made: ${en}${rest > 0 ? `, and ${rest} more` : ''}. They are written as on their doors and do exist`,
  };
}

/** For each new house the one, known or new too, whose room differs by leading zeros alone. */
function twinsOf(added: readonly House[], known: ReadonlyMap<string, House>): Map<House, House> {
  const like = (house: House) => houseKey({ ...house, room: house.room.replace(/^0+(?=.)/, '') });
  const all = new Map<string, House[]>();
  for (const house of [...known.values(), ...added]) {
    all.set(like(house), [...(all.get(like(house)) ?? []), house]);
  }
  return new Map(
    added.flatMap((house) => {
      const twin = all.get(like(house))?.find((other) => other !== house);
      return twin ? [[house, twin] as const] : [];
    }),
  );
}
