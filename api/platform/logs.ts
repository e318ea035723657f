import { pino } from 'pino';
import type { Config } from './config.ts';
import type { Log } from './deps.ts';

/**
 * One JSON line each, to standard output. Callers hand over ids, codes, counts and times only; what could still bring a
 * name along (an error's message, a URL with its query, headers, a body) is cut here, whatever they hand over.
 */
export function createLog(config: Pick<Config, 'logLevel'>, write?: (line: string) => void): Log {
  const options = {
    level: config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PERSONAL.flatMap((name) => [name, `*.${name}`]), censor: '[cut]' },
    serializers: { error: errorFacts, err: errorFacts },
  };
  return write === undefined ? pino(options) : pino(options, { write });
}

const PERSONAL = [
  'name',
  'phone',
  'username',
  'password',
  'body',
  'query',
  'url',
  'headers',
  'cookie',
  'authorization',
  'token',
  'secret',
  'ip',
  'address',
];

/** Where it broke and of which kind. A message may quote a row; the lines of the stack are our own code. */
function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    kind: error.name,
    ...('code' in error && { code: String(error.code).slice(0, 40) }),
    at: stack.slice(0, 12).map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: errorFacts(error.cause) }),
  };
}
