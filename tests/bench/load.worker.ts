/** The load generator: a process of its own, with requests made before the clock starts. */
import { serveParent } from './children.ts';
import { percentile } from './figures.ts';
import { bytesOf, confirmAsk, readOf, requestOf, type HttpCase } from './requests.ts';
import type { Stage } from './stage.ts';
import { Till } from './till.ts';
import type { Confirm } from './tills.ts';

export type LoadResult = {
  count: number;
  /** Refused for a reason that a till understands: 409 or 422, and only where refusals are expected. */
  refused: number;
  /** Answers other than 2xx and those. */
  failures: number;
  /** The status of the first of them. */
  firstFailure: number | undefined;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
};

export type LoadQuestion =
  | { do: 'stage'; stage: Stage }
  | { do: 'post'; ports: number[]; case: HttpCase; connections: number; seconds: number; prepare: number }
  | { do: 'confirm'; ports: number[]; confirms: Confirm[]; connections: number; seconds: number }
  | {
      do: 'read';
      port: number;
      token: string;
      owner: string;
      what: string;
      connections: number;
      count: number;
      seconds: number;
    };

const HEALTH = bytesOf({ method: 'GET', path: '/healthz' });

let stage: Stage | undefined;
let used = 0;
/** By port. Tills stay connected, as a shop's do: a busy server takes new connections in one by one. */
const connected = new Map<number, Till[]>();

async function answer(question: LoadQuestion): Promise<LoadResult | undefined> {
  switch (question.do) {
    case 'stage':
      stage = question.stage;
      return undefined;
    case 'post': {
      const { ports, connections, seconds, prepare } = question;
      const requests = Array.from({ length: prepare }, () => {
        if (!stage) throw new Error('no stage yet');
        return bytesOf(requestOf(stage, question.case, used++));
      });
      return drive({ ports, connections, requests: requests.values(), until: seconds * 1_000 });
    }
    case 'confirm': {
      const { ports, connections, confirms, seconds } = question;
      const requests = confirms.map((confirm) => bytesOf(confirmAsk(confirm)));
      const until = seconds * 1_000;
      return drive({ ports, connections, requests: requests.values(), until, refusals: [409, 422] });
    }
    case 'read': {
      const { port, token, owner, what, connections, count, seconds } = question;
      const request = bytesOf(readOf(token, owner, what));
      const requests = Array.from({ length: count }, () => request).values();
      return drive({ ports: [port], connections, requests, until: seconds * 1_000 });
    }
  }
}

async function drive(input: {
  ports: readonly number[];
  connections: number;
  requests: ArrayIterator<Buffer>;
  /** Milliseconds. */
  until: number;
  /** Answers that are no failures. */
  refusals?: readonly number[];
}): Promise<LoadResult> {
  const { ports, connections, requests, until, refusals = [] } = input;
  const tills = await connect(ports, connections);
  // A busy server takes new connections in one by one; each has had its first answer before the clock starts.
  await Promise.all(tills.map((till) => till.send(HEALTH)));
  const latencies: number[] = [];
  let [failures, refused] = [0, 0];
  let firstFailure: number | undefined;
  const started = performance.now();
  const work = async (till: Till): Promise<void> => {
    for (const request of requests) {
      const sent = performance.now();
      if (sent - started >= until) return;
      const status = await till.send(request);
      latencies.push(performance.now() - sent);
      if (status >= 200 && status < 300) continue;
      if (refusals.includes(status)) {
        refused++;
        continue;
      }
      failures++;
      firstFailure ??= status;
    }
  };
  await Promise.all(tills.map(work));
  const seconds = (performance.now() - started) / 1_000;
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  return { count: latencies.length, refused, failures, firstFailure, seconds, p50, p99 };
}

/** So many connections, spread over the ports. */
async function connect(ports: readonly number[], connections: number): Promise<Till[]> {
  const each = Math.ceil(connections / ports.length);
  const tills = await Promise.all(
    ports.map(async (port) => {
      const earlier = connected.get(port) ?? [];
      for (const till of earlier) if (!till.isFresh) till.close();
      const known = earlier.filter((till) => till.isFresh);
      const missing = Math.max(0, each - known.length);
      const opened = await Promise.all(Array.from({ length: missing }, () => Till.open(port)));
      connected.set(port, [...known, ...opened]);
      return [...known, ...opened].slice(0, each);
    }),
  );
  return tills.flat();
}

async function close(): Promise<void> {
  for (const till of [...connected.values()].flat()) till.close();
}

serveParent<LoadQuestion>({ answer, close });
