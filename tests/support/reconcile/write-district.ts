/** A district's month as files in a folder, and the key to them, which is not there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from '../../../api/demo/chance.ts';
import type { EstateFiles } from './compare-lists.ts';
import { districtOf, type DistrictSize } from './district.ts';
import { LAYOUTS, writeList, type Layout } from './list-files.ts';
import { add, NOTHING, scoreOf, type Outcome, type Score } from './outcome.ts';
import { plantList, type ListHabits, type ListKey } from './planted-list.ts';

export type WrittenDistrict = {
  estates: EstateFiles[];
  offsets: number;
  rows: number;
  score: (outcomes: readonly Outcome[]) => Score;
};

export async function writeDistrict(
  folder: string,
  seed: string,
  size: DistrictSize,
): Promise<WrittenDistrict> {
  const chance = new Chance(`${seed}/files`);
  const estates: EstateFiles[] = [];
  const keys: { key: ListKey; firstRow: number }[] = [];
  const count = { offsets: 0, rows: 0 };
  for (const estate of districtOf(seed, size)) {
    const layout = layoutOf(chance, estates.length);
    const { offsets, rows, key } = plantList(seed, estate, habitsOf(chance, layout));
    // Cells are merged where equal ones stand below each other.
    if (layout === 'merged-and-total.xlsx') sortByBuilding(rows, key);
    const file = await writeList(rows, layout);
    const [ours, list] = [
      `${size.offsets}-${estate.code}.json`,
      `${size.offsets}-${estate.code}-${file.name}`,
    ];
    writeFileSync(join(folder, ours), JSON.stringify(offsets));
    writeFileSync(join(folder, list), file.bytes);
    const isSentTwice = estates.length === LAYOUTS.length;
    estates.push({ code: estate.code, offsets: ours, lists: isSentTwice ? [list, list] : [list] });
    keys.push({ key, firstRow: file.firstRow });
    count.offsets += offsets.length;
    count.rows += rows.length;
  }
  return {
    ...{ estates, ...count },
    score: (outcomes) =>
      keys.reduce((sum, { key, firstRow }, at) => {
        const outcome = outcomes[at];
        if (!outcome) throw new Error('an estate was not compared');
        return add(sum, scoreOf(outcome, key, firstRow));
      }, NOTHING),
  };
}

/** Each layout at least once, and of the plain ones as many as there are estates. */
function layoutOf(chance: Chance, at: number): Layout {
  return LAYOUTS[at] ?? chance.pick(['list.csv', 'list.csv', 'list.csv', 'payments.csv', 'list.xlsx']);
}

function habitsOf(chance: Chance, layout: Layout): ListHabits {
  return {
    drawnUpLate: chance.inThousand(500),
    allPayments: layout === 'payments.csv',
    daysOfOffsets: chance.inThousand(500),
    roomsAreNumbers: layout === 'rooms-as-numbers.xlsx',
  };
}

function sortByBuilding<Row extends { house: string }>(rows: Row[], key: ListKey): void {
  const order = rows.map((row, at) => ({
    row,
    at,
    truth: key.rows[at],
    building: Number.parseInt(row.house, 10),
  }));
  order.sort((a, b) => a.building - b.building || a.at - b.at);
  const placeOf = new Map(order.map(({ at }, place) => [at, place]));
  rows.splice(0, rows.length, ...order.map(({ row }) => row));
  key.rows = order.flatMap(({ truth }) => truth ?? []);
  key.planted = key.planted.map((each) =>
    each.row === null ? each : { ...each, row: placeOf.get(each.row) ?? null },
  );
}
