/** What a file writes for houses that nobody knows, with those that may be meant: which one it is, a person says. */
import { houseCode, parseHouse, type UnknownHouse } from '../places/index.ts';
import type { RejectedRow } from '../platform/files/index.ts';

/** More than a person decides in one go; after these the file is checked again. */
const MOST = 50;
const MOST_CANDIDATES = 6;

/** `houses` by building, unit and room, as `houseKey` writes them. */
export function unknownHousesOf(
  rejected: readonly RejectedRow[],
  houses: ReadonlyMap<string, string>,
): UnknownHouse[] {
  const rows = new Map<string, { rows: number; rowNumber: number }>();
  for (const { written, rowNumber } of rejected) {
    if (written === undefined || written === '') continue;
    const before = rows.get(written);
    rows.set(written, { rows: (before?.rows ?? 0) + 1, rowNumber: before?.rowNumber ?? rowNumber });
  }
  const shown = [...rows].slice(0, MOST);
  if (shown.length === 0) return [];
  const near = roomsOf(houses);
  return shown.map(([written, of]) => ({ written, ...of, candidates: candidatesFor(written, near) }));
}

/** Codes of houses by building and room without leading zeros: 0501, 501 and the same room of another unit. */
function roomsOf(houses: ReadonlyMap<string, string>): Map<string, string[]> {
  const near = new Map<string, string[]>();
  for (const key of houses.keys()) {
    const [building = '', unit = '', room = ''] = key.split('/');
    const bare = nearKey(building, room);
    const codes = near.get(bare) ?? [];
    codes.push(houseCode({ building, unit, room }));
    near.set(bare, codes);
  }
  return near;
}

function candidatesFor(written: string, near: ReadonlyMap<string, string[]>): string[] {
  const parsed = parseHouse({ room: written });
  if (!('house' in parsed)) return [];
  const { building, unit, room } = parsed.house;
  const codes = near.get(nearKey(building, room)) ?? [];
  const prefix = unit === '' ? `${building}-` : `${building}-${unit}-`;
  // Those of the unit that is written come first.
  const ordered = [
    ...codes.filter((code) => code.startsWith(prefix)),
    ...codes.filter((code) => !code.startsWith(prefix)),
  ];
  return ordered.slice(0, MOST_CANDIDATES);
}

function nearKey(building: string, room: string): string {
  return `${building}/${room.replace(/^0+/, '')}`;
}
