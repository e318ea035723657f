/** What somebody who looks for a house may mean by what they typed. Pure. */

export type HousePattern = { building?: string; unit?: string; rooms?: readonly string[] };

const BETWEEN = /号楼|单元|[栋幢座楼室号]|[\s\-—–－/、,，.。]+/u;

/**
 * 3-2-0501 and 3栋2单元0501室 are one house; two parts are a building with a unit or a room, one is a room or a building.
 * Nothing typed, nothing left out. 501 also finds 0501: the list shows which of them it is.
 */
export function housePattern(text: string): HousePattern[] {
  const [first, second, ...rest] = text
    .normalize('NFKC')
    .trim()
    .split(BETWEEN)
    .filter((part) => part !== '');
  if (first === undefined) return [];
  if (second === undefined) return [{ rooms: roomsLike(first) }, { building: first }];
  if (rest.length === 0) {
    return [
      { building: first, unit: second },
      { building: first, rooms: roomsLike(second) },
    ];
  }
  return [{ building: first, unit: second, rooms: roomsLike(rest.join('-')) }];
}

function roomsLike(room: string): string[] {
  return /^\d+$/.test(room) ? [room, `0${room}`] : [room];
}
