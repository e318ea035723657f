/** The whole API for a test file: what it starts ends with the file. */
import { endWithFile } from './ending.ts';
import { openApp, type TestApp } from './whole-app.ts';

export * from './whole-app.ts';

export async function startApp(...settings: Parameters<typeof openApp>): Promise<TestApp> {
  const app = await openApp(...settings);
  endWithFile(() => app.stop());
  return app;
}
