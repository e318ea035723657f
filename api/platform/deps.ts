import type { Context } from 'hono';
import type { IncomingMessage } from 'node:http';
import type { PlaceTree } from './access.ts';
import type { Actor } from './actor.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { Clock } from './time.ts';

/** What is written down for the operator. Never a name, a phone number, a body or a query string. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/**
 * Finds out who sent a request. A key's answer comes at once from memory, a session's from the database. Undefined:
 * nobody; a request with a wrong key or an ended session is nobody's.
 */
export type Identify = (c: Context) => Actor | undefined | Promise<Actor | undefined>;

/** What the route kit needs of the outside. */
export interface RouteDeps {
  readonly clock: Clock;
  readonly identify: Identify;
  readonly places: PlaceTree;
  readonly limiter: RateLimiter;
  /** The address of a request that came over the network; behind a trusted proxy, the proxy's word for it. */
  readonly addressOf: (c: Context) => string;
  /** How long a route may take before it answers `timed-out`. */
  readonly timeoutMs: number;
}

/** Hono's types for the whole API. */
export interface AppEnv {
  Variables: { actor: Actor | undefined; idempotencyKey: string };
  Bindings: { readonly incoming?: IncomingMessage };
}
