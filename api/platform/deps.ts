import type { Context } from 'hono';
import type { IncomingMessage } from 'node:http';
import type { Engine } from '../db/index.ts';
import type { Journal } from '../ledger/index.ts';
import type { PlaceTree } from './access.ts';
import type { Actor, PersonActor } from './actor.ts';
import type { Config } from './config.ts';
import type { Served } from './observe.ts';
import type { MessageProvider } from './message-provider.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { Clock, Ids } from './time.ts';

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
export type Identify = (c: Context<AppEnv>) => Actor | undefined | Promise<Actor | undefined>;

/** A person as who acts for another, by a consent that stands now; undefined for none, whyever there is none. */
export type ActFor = (actor: PersonActor, principal: string) => Promise<PersonActor | undefined>;

/** What the route kit needs of the outside. */
export interface RouteDeps {
  readonly clock: Clock;
  readonly identify: Identify;
  readonly actFor: ActFor;
  readonly places: PlaceTree;
  readonly limiter: RateLimiter;
  /** Where a request came from over the network (behind a trusted proxy, its word for it): an address, or an IPv6 line. */
  readonly addressOf: (c: Context<AppEnv>) => string;
  /** True if a browser sent this from another site's page. */
  readonly isCrossSite: (c: Context<AppEnv>) => boolean;
  /** Told of every answer, for logs and metrics. */
  readonly observe: (served: Served) => void;
  /** How long a route may take before it answers `timed-out`. */
  readonly timeoutMs: number;
}

/** Everything that a module's use cases may need; made once in main.ts (or by a test) and handed inwards. */
export interface Deps extends RouteDeps {
  readonly engine: Engine;
  readonly journal: Journal;
  readonly ids: Ids;
  readonly config: Config;
  readonly log: Log;
  /** Who carries messages to phones; without one they wait in the outbox. */
  readonly messages?: MessageProvider;
}

/** Hono's types for the whole API. `inProcess`: the web's own server calls, after its own check of the form. */
export interface AppEnv {
  Variables: { actor: Actor | undefined; idempotencyKey: string };
  Bindings: { readonly incoming?: IncomingMessage; readonly inProcess?: true };
}
