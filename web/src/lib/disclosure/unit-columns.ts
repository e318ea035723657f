import { formatPoints } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { unitName } from '$lib/unit-name.ts';
import type { Column } from '$lib/ui/index.ts';
import type { Figures } from './figures.ts';

type Row = { units: readonly (Figures & { unit: string })[] };

const main = ['issued', 'redeemed', 'closing'] as const;
type Main = (typeof main)[number];
export const mainNames: Record<Main, () => string> = {
  issued: m.board_issued,
  redeemed: m.board_redeemed,
  closing: m.board_closing,
};

/** The kinds of points that any of the rows has. */
export function unitsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap(({ units }) => units.map(({ unit }) => unit)))];
}

/** Three columns for each kind of points: given, used, left. */
export function unitColumns(rows: readonly Row[]): Column[] {
  return unitsOf(rows).flatMap((unit) =>
    main.map((what) => {
      const title = m.board_unit_column({ unit: unitName(unit), what: mainNames[what]() });
      return { key: `${unit} ${what}`, title, figures: true };
    }),
  );
}

/** What a row has in one of these columns; 0 where it has no such points. */
export function inColumn({ units }: Row, key: string): string {
  const [unit, what] = key.split(' ');
  return formatPoints(units.find((one) => one.unit === unit)?.[what as Main] ?? '0');
}
