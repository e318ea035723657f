/** A workbook of ours as another library reads it: what a firm's software would see. */
import { readSheet } from 'read-excel-file/node';
import { expect } from 'vitest';

export type SeenCell = string | number | boolean | Date | null;

export async function secondReading(bytes: ArrayBuffer): Promise<SeenCell[][]> {
  return (await readSheet(Buffer.from(bytes), { trim: false })) as SeenCell[][];
}

/**
 * The same table as a CSV file: every text as it is, sums as numbers to the fen, days as dates. `csv`: its rows, cells of
 * one line each.
 */
export function expectSameCells(name: string, seen: readonly SeenCell[][], csv: readonly string[][]): void {
  expect(seen.length, name).toBe(csv.length);
  for (const [at, line] of csv.entries())
    expect([name, at, (seen[at] ?? []).map((cell, column) => shown(cell, line[column] ?? ''))]).toEqual([
      ...[name, at],
      (seen[at] ?? []).map((_, column) => line[column] ?? ''),
    ]);
}

function shown(cell: SeenCell, said: string): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell !== 'number') return String(cell);
  return /^-?\d+\.\d\d$/.test(said) ? cell.toFixed(2) : String(cell);
}
