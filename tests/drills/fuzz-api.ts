/**
 * Bad input for every route of the OpenAPI document, in the example world: whatever is sent, the answer is what the
 * document promises or a problem of the catalogue, never a 500; and when all is over, `verify` is green.
 */
import fc, { type RunDetails } from 'fast-check';
import type { DatabaseTarget, Engine } from '../../api/db/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { isProblemCode, ProblemSchema } from '../../api/platform/index.ts';
import {
  exampleRequest,
  readDocument,
  visitorFor,
  type Documented,
  type ExampleRequest,
} from '../support/documented-routes.ts';
import { openExampleWorld, type ExampleWorld } from '../support/example-world.ts';
import { withEngine } from '../support/sites.ts';
import { nobody } from '../support/whole-app.ts';
import { spoil, spoiltRequest, type Spoilt } from './spoiled-request.ts';

export type ApiRun = {
  details: RunDetails<[Spoilt]>;
  /** How often each was answered: a status, or the code of a problem. */
  answers: Map<string, number>;
  /** What verify has to say afterwards. */
  findings: string[];
};

export async function fuzzApi(
  target: DatabaseTarget,
  options: { seed: number; runs: number },
): Promise<ApiRun> {
  return withEngine(target, async (engine) => {
    const world = await openExampleWorld(engine);
    try {
      const { routes } = await readDocument(world);
      const examples = await examplesOf(world, routes);
      const putBack = await keepVisitors(engine);
      const answers = new Map<string, number>();
      const property = fc.asyncProperty(spoiltRequest(routes.length), async (spoilt) => {
        const said = await ask(world, routes[spoilt.route]!, examples[spoilt.route]!, spoilt);
        answers.set(said, (answers.get(said) ?? 0) + 1);
        if (isDone(said) && routes[spoilt.route]!.method !== 'get') await putBack();
      });
      const details = await fc.check(property, { seed: options.seed, numRuns: options.runs });
      const { findings } = await verify(engine);
      return { details, answers, findings: findings.map(({ en }) => en) };
    } finally {
      await world.close();
    }
  });
}

/** A status; a problem is told by its code. */
export function isDone(said: string): boolean {
  return /^\d+$/.test(said);
}

/**
 * Who asks may sign out, get a new password or lose a role by what is asked, and whoever asks later would not be listened
 * to: the answer puts everybody's sign-in and roles back as they are now.
 */
async function keepVisitors({ db, tables }: Engine): Promise<() => Promise<void>> {
  const { users, credentials, sessions, roles, systemKeys, signInAttempts } = tables;
  const kept = {
    users: await db.select().from(users),
    credentials: await db.select().from(credentials),
    sessions: await db.select().from(sessions),
    roles: await db.select().from(roles),
    systemKeys: await db.select().from(systemKeys),
  };
  return async () => {
    for (const table of [signInAttempts, systemKeys, roles, sessions, credentials, users])
      await db.delete(table);
    await db.insert(users).values(kept.users);
    await db.insert(credentials).values(kept.credentials);
    await db.insert(sessions).values(kept.sessions);
    await db.insert(roles).values(kept.roles);
    await db.insert(systemKeys).values(kept.systemKeys);
  };
}

/** Looked up once: what is asked later need not succeed, and a thing under one name is the same in all requests. */
async function examplesOf(world: ExampleWorld, routes: readonly Documented[]): Promise<ExampleRequest[]> {
  const real = new Map<string, string>();
  const examples: ExampleRequest[] = [];
  for (const of of routes) examples.push(await exampleRequest(world, of, real));
  return examples;
}

/** The status of what was done, or the code of the problem; throws when the answer is neither. */
async function ask(
  world: ExampleWorld,
  of: Documented,
  example: ExampleRequest,
  spoilt: Spoilt,
): Promise<string> {
  const { app, visitors } = world;
  const visitor = spoilt.by === 'rightful' ? visitorFor(world, of) : { ...visitors, nobody }[spoilt.by];
  const { path, headers, body } = spoil(of, example, spoilt, visitor.headers);
  const logged = app.logged.length;
  const answer = await app.server.app.request(`http://linli.test${path}`, {
    method: of.method.toUpperCase(),
    headers,
    ...(body && { body }),
  });
  const text = await answer.text();
  if (answer.status < 400) return String(answer.status);
  const fault = faultOf(answer, text);
  if (fault === undefined) return (JSON.parse(text) as { code: string }).code;
  const log = app.logged.slice(logged).map((facts) => JSON.stringify(facts, errorsToo));
  const shown = body && Buffer.from(body).toString().slice(0, 1_000);
  const lines = [`${of.method.toUpperCase()} ${path}`, ...(shown === undefined ? [] : [shown]), ...log];
  throw new Error(`${fault}: ${answer.status} ${text.slice(0, 400)}\n${lines.join('\n')}`);
}

function faultOf(answer: Response, text: string): string | undefined {
  if (answer.status >= 500) return 'a server that fails';
  const type = answer.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) return `a refusal that is no problem but "${type}"`;
  const read = ProblemSchema.safeParse(JSON.parse(text));
  if (!read.success) return 'a problem of another shape';
  if (!isProblemCode(read.data.code)) return 'a problem that is not in the catalogue';
  return read.data.status === answer.status ? undefined : 'a problem of another status';
}

/** JSON leaves out all that an error has to say. */
function errorsToo(_key: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
