/** The whole API for a test file: what it starts ends with the file. */
import { afterAll } from 'vitest';
import { openApp, type TestApp } from './whole-app.ts';

export * from './whole-app.ts';

const apps: TestApp[] = [];

// Registered before the engines' own clean-up runs, so that journals end before their databases close.
afterAll(async () => {
  for (const app of apps.splice(0)) await app.stop();
});

export async function startApp(...settings: Parameters<typeof openApp>): Promise<TestApp> {
  const app = await openApp(...settings);
  apps.push(app);
  return app;
}
