import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { loadSecret } from './secret.ts';

function config(env: Record<string, string> = {}): Config {
  const read = readConfig(env);
  if (isRefusal(read)) throw new Error(read.en);
  return read;
}

describe('the settings', () => {
  it('are safe when nothing is set: this machine only, SQLite', () => {
    expect(config({ HOST: '' })).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: undefined,
      trustProxy: false,
    });
  });

  it('name what is wrong, in both languages', () => {
    const refused = readConfig({
      PORT: '99999',
      DATABASE_URL: 'mysql://x',
      ORIGIN: 'https://a.example/path',
    });
    if (!isRefusal(refused)) throw new Error('accepted');
    for (const words of [refused.zh, refused.en])
      for (const name of ['PORT', 'DATABASE_URL', 'ORIGIN']) expect(words).toContain(name);
    expect(refused.zh).toMatch(/端口/);
  });

  it('never echo a value: it may be a password', () => {
    const refused = readConfig({ DATABASE_URL: 'mysql://root:hunter2@db' });
    expect(JSON.stringify(refused)).not.toContain('hunter2');
  });

  it('post messages only with a secret that the other side knows them by', () => {
    const hook = { MESSAGE_WEBHOOK: 'https://sms.example.org/linli' };
    const refused = readConfig(hook);
    expect(isRefusal(refused) && refused.en).toContain('MESSAGE_SECRET');
    expect(isRefusal(readConfig({ ...hook, MESSAGE_SECRET: 'short' }))).toBe(true);
    const secret = 'shared-secret-0123456789-abcdefghij';
    expect(config({ ...hook, MESSAGE_SECRET: secret }).messages).toEqual({
      ...{ url: hook.MESSAGE_WEBHOOK, secret, channels: ['sms'] },
    });
    expect(config().messages).toBeUndefined();
    expect(isRefusal(readConfig({ MESSAGE_WEBHOOK: 'ftp://x', MESSAGE_SECRET: secret }))).toBe(true);
  });

  it('sign in with WeChat only where an app, its secret and the own address are known', () => {
    const [app, secret] = ['wx0123456789abcdef', '0123456789abcdef0123456789abcdef'];
    expect(config().wechat).toBeUndefined();
    const half = readConfig({ WECHAT_APP_ID: app, ORIGIN: 'https://a.example' });
    expect(isRefusal(half) && half.en).toContain('WECHAT_APP_SECRET');
    const both = { WECHAT_WEB_APP_ID: app, WECHAT_WEB_APP_SECRET: secret };
    const nowhere = readConfig(both);
    expect(isRefusal(nowhere) && nowhere.en).toContain('ORIGIN');
    expect(config({ ...both, ORIGIN: 'https://a.example' }).wechat).toEqual({
      apps: { desk: { appId: app, secret } },
      authorizeUrl: 'https://open.weixin.qq.com',
      apiUrl: 'https://api.weixin.qq.com',
    });
    const wrong = readConfig({ WECHAT_APP_ID: 'hunter2', WECHAT_APP_SECRET: 'hunter3' });
    expect(isRefusal(wrong) && JSON.stringify(wrong)).not.toMatch(/hunter/);
  });

  it('take an origin without its last slash', () => {
    expect(config({ ORIGIN: 'https://points.example.org/' }).origin).toBe('https://points.example.org');
  });
});

describe('the secret', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linli-secret-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once, for the owner alone, and found again; two starts at once agree', async () => {
    const settings = config({ DATA_DIR: join(folder, 'data') });
    const [one, two] = await Promise.all([loadSecret(settings), loadSecret(settings)]);
    expect(one).toBe(two);
    expect(String(one)).toMatch(/^[\w-]{43}$/);
    expect(await loadSecret(settings)).toBe(one);
    const file = join(folder, 'data', 'secret');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, 'utf8')).trim()).toBe(one);
  });

  it('a weak one is refused in production and taken elsewhere', async () => {
    for (const LINLI_SECRET of ['short', 'a'.repeat(40)]) {
      const settings = config({ DATA_DIR: folder, LINLI_SECRET });
      expect(await loadSecret(settings)).toBe(LINLI_SECRET);
      const refused = await loadSecret({ ...settings, production: true });
      expect(refused).toMatchObject({ kind: 'refused' });
      expect(JSON.stringify(refused)).not.toContain(LINLI_SECRET);
    }
  });

  it('a folder that cannot be made is one clear sentence', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const refused = await loadSecret(config({ DATA_DIR: join(folder, 'a-file', 'data') }));
    expect(refused).toMatchObject({ kind: 'refused' });
    if (typeof refused === 'string') throw new Error('made a secret in a file');
    expect(refused.zh).toContain('DATA_DIR');
  });
});
