/** user and key: what the operator gives out at a terminal works through the API, and stops when it is taken back. */
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase, type Engine } from '../../api/db/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { startApp, signIn } from '../support/app.ts';
import { must } from '../support/demo-programme.ts';
import { eachMigratedFolder, linli as run } from '../support/linli-folder.ts';

const folder = eachMigratedFolder();
const engines: Engine[] = [];

beforeEach(() => {
  vi.stubEnv('LINLI_PASSWORD', 'a long password');
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

async function linli(...args: string[]): Promise<{ exit: number; said: string }> {
  const { exit, out, err } = await run(...args);
  return { exit, said: out + err };
}

async function opened(): Promise<Engine> {
  const engine = await openDatabase({ kind: 'sqlite', file: join(folder.path, 'linli.db') });
  if (engine.kind === 'refused') throw new Error(engine.en);
  engines.push(engine);
  return engine;
}

const add = (...more: string[]) => linli('user', 'add', '--username', 'Wang.Min', '--name', '王敏', ...more);

it('a user who was added signs in with the roles given, and is listed', async () => {
  expect(await add('--role', 'auditor', '--role', 'staff', '--role', 'staff', '--everywhere')).toMatchObject({
    exit: 0,
  });
  const { said } = await linli('user', 'list');
  expect(
    said
      .trim()
      .split('\n')
      .map((line) => line.split('\t').filter((_, n) => n !== 1)),
  ).toEqual(
    expect.arrayContaining([
      ['wang.min', 'auditor', '*'],
      ['wang.min', 'staff', '*'],
    ]),
  );
  expect(said).not.toContain('王敏');
  const app = await startApp(await opened());
  app.clock.now = Date.now();
  const cookie = await signIn(app.request, 'wang.min', 'a long password');
  const me = await (await app.request('/api/v1/me', { by: { headers: { cookie } } })).json();
  expect(me).toMatchObject({ person: { name: '王敏' } });
  expect((me as { roles: { role: string }[] }).roles.map(({ role }) => role).sort()).toEqual([
    'auditor',
    'staff',
  ]);
});

it('who could not be given a sign-in is not left behind as a person', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  vi.stubEnv('LINLI_SECRET', 'short');
  expect(await add()).toMatchObject({ exit: 1 });
  const engine = await opened();
  expect(await engine.db.select().from(engine.tables.people)).toEqual([]);
});

it('a password that is set at the terminal signs out what was open, and nobody of the product stands behind it', async () => {
  await add('--role', 'auditor', '--everywhere');
  const app = await startApp(await opened());
  app.clock.now = Date.now();
  const before = { headers: { cookie: await signIn(app.request, 'wang.min', 'a long password') } };
  vi.stubEnv('LINLI_PASSWORD', 'another long password');
  expect(await linli('user', 'password', '--username', 'Wang.Min')).toMatchObject({ exit: 0 });
  expect((await app.request('/api/v1/me', { by: before })).status).toBe(401);
  await signIn(app.request, 'wang.min', 'another long password');
  expect(await linli('user', 'password', '--username', 'nobody')).toMatchObject({ exit: 1 });
  vi.stubEnv('LINLI_PASSWORD', 'short');
  expect(await linli('user', 'password', '--username', 'wang.min')).toMatchObject({ exit: 2 });
  const log = await app.engine.db.select().from(app.engine.tables.accessLog);
  expect(log.map(({ action, actor }) => [action, actor])).toEqual([
    ['sign-in', 'operator:cli'],
    ['sign-in', 'operator:cli'],
  ]);
});

it('a name that is taken, a short password, an unknown role or place adds nobody', async () => {
  await add();
  const before = (await linli('user', 'list')).said;
  expect(await add()).toMatchObject({ exit: 1, said: expect.stringContaining('taken') });
  const other = ['user', 'add', '--username', 'other', '--name', '李'];
  expect(await linli(...other, '--role', 'king')).toMatchObject({ exit: 2 });
  expect(await linli(...other, '--place', 'nowhere')).toMatchObject({ exit: 1 });
  // A place that was left out is not everywhere.
  expect(await linli(...other, '--role', 'staff')).toMatchObject({
    exit: 2,
    said: expect.stringContaining('--everywhere'),
  });
  expect(await linli(...other, '--role', 'staff', '--everywhere', '--place', 'x')).toMatchObject({ exit: 2 });
  expect(await linli('user', 'add', '--username', '王 敏', '--name', '王敏')).toMatchObject({ exit: 2 });
  vi.stubEnv('LINLI_PASSWORD', 'short');
  expect(await linli(...other)).toMatchObject({ exit: 2 });
  expect((await linli('user', 'list')).said).toBe(before);
  const engine = await opened();
  expect(await engine.db.select().from(engine.tables.people)).toHaveLength(1);
});

it('a phone that somebody has is not given to another without a word', async () => {
  const phone = ['--phone', '139 1234 5678'];
  expect(await add(...phone)).toMatchObject({ exit: 0 });
  const other = (name: string, ...more: string[]) =>
    linli('user', 'add', '--username', 'li.min', '--name', name, '--phone', '+8613912345678', ...more);
  expect(await other('李敏')).toMatchObject({ exit: 1, said: expect.stringContaining('--shared-phone') });
  expect(await other('王敏', '--shared-phone')).toMatchObject({ exit: 1 });
  const wrong = ['user', 'add', '--username', 'x.y', '--name', '李', '--phone', '12'];
  expect(await linli(...wrong)).toMatchObject({ exit: 2 });
  expect(await other('李敏', '--shared-phone')).toMatchObject({ exit: 0 });
  const engine = await opened();
  const rows = await engine.db.select().from(engine.tables.people);
  expect(rows.map(({ name, phone: held }) => [name, held])).toEqual([
    ['王敏', '13912345678'],
    ['李敏', '13912345678'],
  ]);
});

it('a role is held at the place that was named, if it fits a place of that kind', async () => {
  const engine = await opened();
  const addAt = (kind: 'estate' | 'merchant') =>
    addPlace({ engine, ids: uuid, clock: Date.now }, { book: 1, parent: '', kind, name: kind });
  const [estate, shop] = [must(await addAt('estate')).id, must(await addAt('merchant')).id];
  expect(await add('--role', 'staff', '--place', shop)).toMatchObject({ exit: 1 });
  expect(await add('--role', 'staff', '--place', estate)).toMatchObject({ exit: 0 });
  const { roles } = engine.tables;
  expect(await engine.db.select().from(roles)).toMatchObject([{ role: 'staff', place: estate }]);
});

it('a key that is revoked again was revoked when it was', async () => {
  const { said } = await linli('key', 'add', '--name', '一号收银台', '--scope', 'ledger:read');
  const id = said.trim().split('\n').at(-1)!;
  const engine = await opened();
  const revokedAt = async () => (await engine.db.select().from(engine.tables.systemKeys))[0]?.revokedAt;
  expect(await linli('key', 'revoke', id)).toMatchObject({ exit: 0 });
  const first = await revokedAt();
  await new Promise((later) => setTimeout(later, 5));
  expect(await linli('key', 'revoke', id)).toMatchObject({ exit: 0 });
  expect(await revokedAt()).toBe(first);
});

it('a key works until it is revoked; only its hash is kept', async () => {
  const added = await linli(
    'key',
    'add',
    '--name',
    '一号收银台',
    '--scope',
    'ledger:read',
    '--scope',
    'shop:spend',
  );
  expect(added.exit).toBe(0);
  const [, token, id] = added.said.trim().split('\n');
  expect(token).toMatch(/^linli_[\w-]{43}$/);
  const listed = await linli('key', 'list');
  expect(listed.said).toContain('一号收银台\tledger:read shop:spend\t有效 · live');
  expect(listed.said).not.toContain(token);
  const app = await startApp(await opened());
  const by = { headers: { authorization: `Bearer ${token}` } };
  expect((await app.request('/api/v1/system-keys', { by })).status).toBe(403);
  expect(await linli('key', 'revoke', id!)).toMatchObject({ exit: 0 });
  app.clock.now += 1_000;
  expect((await app.request('/api/v1/system-keys', { by })).status).toBe(401);
  expect((await linli('key', 'list')).said).toContain('revoked');
});

it('a key without a scope, or with one, a book or a place that is not there, is not made', async () => {
  const wrong: [string[], number][] = [
    [['--name', 'x'], 2],
    [['--name', 'x', '--scope', 'ledger:burn'], 2],
    [['--name', 'x', '--scope', 'ledger:read', '--book', 'one'], 2],
    [['--name', 'x', '--scope', 'ledger:read', '--place', 'nowhere'], 1],
  ];
  for (const [args, exit] of wrong) expect(await linli('key', 'add', ...args)).toMatchObject({ exit });
  expect(await linli('key', 'revoke', 'nothing')).toMatchObject({ exit: 1 });
  expect((await linli('key', 'list')).said).toBe('');
});

it('a password that sign-in would never take is not given', async () => {
  vi.stubEnv('LINLI_PASSWORD', 'long '.repeat(26));
  expect(await add()).toMatchObject({ exit: 2, said: expect.stringContaining('128') });
  expect((await linli('user', 'list')).said).toBe('');
});

it('somebody’s personal data go on their request, after a look at what they have, and the log says why', async () => {
  const { said } = await add('--role', 'auditor', '--everywhere');
  const id = /\(([0-9a-f-]{36})\)/.exec(said)?.[1] ?? '';
  const because = ['--reason', '本人书面申请'];
  expect(await linli('person', 'erase', id)).toMatchObject({ exit: 2 });
  expect(await linli('person', 'erase', uuid(), ...because)).toMatchObject({ exit: 1 });
  expect(await linli('person', 'erase', id, ...because)).toMatchObject({ exit: 0 });
  const engine = await opened();
  const { people, users, accessLog } = engine.tables;
  expect(await engine.db.select({ name: people.name }).from(people)).toEqual([{ name: '王敏' }]);
  expect(await linli('person', 'erase', id, ...because, '--yes')).toMatchObject({ exit: 0 });
  expect(await engine.db.select({ name: people.name }).from(people)).toEqual([{ name: null }]);
  expect(await engine.db.select().from(users)).toEqual([]);
  const log = await engine.db.select().from(accessLog);
  expect(log.filter(({ action }) => action === 'erase')).toMatchObject([
    { actor: 'operator:cli', subject: `person:${id}`, reason: '本人书面申请' },
  ]);
  expect((await linli('person', 'erase', id, ...because, '--yes')).said).toContain('早已删除');
});
