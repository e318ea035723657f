import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Log } from './deps.ts';

/** What is noted of one answered request; the route by its pattern, so that no id gets into a label. */
export interface Served {
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  /** Machines post thousands a second: their successes are counted, not written down. */
  readonly by: 'key' | 'person' | 'nobody';
}

export interface Observer {
  observe(served: Served): void;
  /** Counts a batch that the journal wrote. */
  observeBatch(batch: {
    readonly units: number;
    readonly milliseconds: number;
    readonly failed: boolean;
  }): void;
  /** Shown as it is at the moment of asking. */
  gauge(name: string, help: string, read: () => number): void;
  metrics(): Promise<string>;
}

const BUCKETS_MS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000];

interface Histogram {
  readonly counts: number[];
  sumMs: number;
  total: number;
}

/** Numbers for the operator's graphs. Own histograms: a client library's look-up of labels costs as much as a route. */
export function createObserver(log: Log): Observer {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const batches = new Counter({
    name: 'linli_journal_batches_total',
    help: 'Batches written',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const units = new Counter({
    name: 'linli_journal_units_total',
    help: 'Units in written batches',
    registers: [registry],
  });
  const busyMs = new Counter({
    name: 'linli_journal_busy_ms_total',
    help: 'Time spent writing batches',
    registers: [registry],
  });
  const histograms = new Map<string, Histogram>();

  return {
    observe({ route, status, ms, by }) {
      const name = `route="${route}",status="${status}"`;
      let histogram = histograms.get(name);
      if (histogram === undefined) {
        histograms.set(
          name,
          (histogram = { counts: new Array<number>(BUCKETS_MS.length).fill(0), sumMs: 0, total: 0 }),
        );
      }
      const bucket = BUCKETS_MS.findIndex((most) => ms <= most);
      if (bucket >= 0) histogram.counts[bucket]! += 1;
      histogram.sumMs += ms;
      histogram.total += 1;
      if (status >= 500) log.warn({ route, status, ms: Math.round(ms), by }, 'answered');
      else if (by !== 'key' || status >= 400) log.info({ route, status, ms: Math.round(ms), by }, 'answered');
    },
    observeBatch({ units: count, milliseconds, failed }) {
      batches.inc({ outcome: failed ? 'failed' : 'written' });
      units.inc(count);
      busyMs.inc(milliseconds);
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    async metrics() {
      return `${await registry.metrics()}\n${[...render(histograms)].join('\n')}\n`;
    },
  };
}

function* render(histograms: ReadonlyMap<string, Histogram>): Generator<string> {
  yield '# HELP linli_http_ms Time to answer a request, in milliseconds';
  yield '# TYPE linli_http_ms histogram';
  for (const [labels, { counts, sumMs, total }] of histograms) {
    let below = 0;
    for (const [i, most] of BUCKETS_MS.entries()) {
      below += counts[i] ?? 0;
      yield `linli_http_ms_bucket{${labels},le="${most}"} ${below}`;
    }
    yield `linli_http_ms_bucket{${labels},le="+Inf"} ${total}`;
    yield `linli_http_ms_sum{${labels}} ${sumMs}`;
    yield `linli_http_ms_count{${labels}} ${total}`;
  }
}
