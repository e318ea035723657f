import type { RouteConfig } from '@hono/zod-openapi';
import type { Access } from './access.ts';
import type { ProblemCode } from './problem-catalogue.ts';

/** A route as data; route.ts has the kit and an example. */
export interface RouteSpec extends Omit<RouteConfig, 'middleware' | 'hide' | 'security'> {
  readonly summary: string;
  readonly access: Access;
  /** Requires an Idempotency-Key; a repeat's answer carries `Idempotency-Hit: true`. */
  readonly movesPoints?: true;
  /** The body is a file, of up to 50 MB or as many bytes as are named, that the handler reads as it arrives (`limitedBody`). */
  readonly upload?: true | { readonly mostBytes: number; readonly types: readonly string[] };
  /** The codes that this route's use case may answer; the kit's own are added. */
  readonly problems?: readonly ProblemCode[];
  /** The docs show it, and tests/api/examples.test.ts sends it. */
  readonly example?: RouteExample;
}

/** A request and its answer; what it names is in example.ts. */
export interface RouteExample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** What a small file would say, for an upload. */
  readonly file?: string;
  /** For every route that answers JSON. */
  readonly answer?: unknown;
}

/** One mounted route, for the access test, the documentation and the start's check. */
export interface MountedRoute extends RouteSpec {
  readonly path: string;
}
