/** What a bench says: one JSON object a line, or the same as a table for people. */

export type Line = {
  bench: 'posting' | 'redeem' | 'reading' | 'import' | 'reconcile';
  /** Left out where no database takes part. */
  engine?: 'sqlite' | 'postgres';
  case: string;
  value: number;
  unit: 'tx/s' | 'req/s' | 'rows/s' | 'ms' | 's' | 'MiB' | 'share' | 'ratio';
  p50?: number;
  p99?: number;
  /** What was drawn at random follows from it. */
  seed?: number;
  /** What was observed beside the figure, for who wants to doubt it. */
  note?: string;
};

export type Report = (line: Line) => void;

export function jsonReport(write: (text: string) => void): Report {
  return (line) => write(`${JSON.stringify(line)}\n`);
}

export function tableReport(write: (text: string) => void): Report {
  return ({ engine = '–', case: name, value, unit, p50, p99, seed, note }) => {
    const latency = p99 === undefined ? '' : `p50 ${p50} ms, p99 ${p99} ms`;
    const said = [seed === undefined ? '' : `seed ${seed}`, note ?? '']
      .filter((text) => text !== '')
      .join(', ');
    const cells = [engine.padEnd(9), name.padEnd(28), `${value.toLocaleString('en')} ${unit}`.padEnd(16)];
    write(`${[...cells, latency.padEnd(28), said].join(' ').trimEnd()}\n`);
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** `share` of 0.99 for p99, of values in any order. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
