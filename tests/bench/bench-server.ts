/** The production process of a site, configured from an environment as `npm start` is; without pages. */
import { isRefusal, readConfig } from '../../api/platform/index.ts';
import { createServer, type Server, type ServerOptions } from '../../api/server.ts';
import type { Site } from '../support/sites.ts';

const SECRET = 'bench-0123456789-abcdefghijklmnopqrstuvwxyz';

export async function startServer(
  site: Site,
  { logLevel = 'info', ...options }: ServerOptions & { logLevel?: string } = {},
): Promise<Server> {
  const config = readConfig({
    DATA_DIR: site.dataDir,
    DATABASE_URL: site.databaseUrl,
    PORT: '0',
    LOG_LEVEL: logLevel,
    LINLI_SECRET: SECRET,
    // Asked on every request all the same; one key alone sends what a whole district's machines would.
    RATE_LIMIT_KEY: '1000000',
    RATE_LIMIT_PERSON: '1000000',
  });
  if (isRefusal(config)) throw new Error(config.en);
  const server = await createServer(
    { ...config, production: true },
    { thread: true, ...options, pages: false },
  );
  if (isRefusal(server)) throw new Error(server.en);
  return server;
}
