/** user and key: who may sign in, and which systems may call. */
import { parseArgs } from 'node:util';
import { and, eq, isNull } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import {
  createIdentity,
  createSignIn,
  createSystemKey,
  isCommonPassword,
  PASSWORD_MAX,
  personRow,
  phoneHolders,
  phoneOf,
  roleFits,
  UsernameSchema,
} from '../identity/index.ts';
import type { Engine } from '../db/index.ts';
import { createPlaces } from '../places/index.ts';
import {
  createLog,
  EVERYWHERE,
  loadSecret,
  roles,
  scopes,
  type Config,
  type Role,
} from '../platform/index.ts';
import { fail, say, withEngine, type Command } from './command.ts';

/** What the operator's terminal does stands in the records under this name. */
const OPERATOR = 'operator:cli';

function passwordGiven(): string {
  const password = process.env['LINLI_PASSWORD'];
  if (password !== undefined && isCommonPassword(password)) {
    return fail('这个密码太常见，请换一个', 'everybody tries this password first; choose another', 2);
  }
  if (password !== undefined && password.length >= 10 && password.length <= PASSWORD_MAX) return password;
  return fail(
    `请把 10 到 ${PASSWORD_MAX} 位的密码放在 LINLI_PASSWORD 里`,
    `put a password of 10 to ${PASSWORD_MAX} characters in LINLI_PASSWORD`,
    2,
  );
}

async function giveSignIn(
  engine: Engine,
  config: Config,
  signIn: Omit<Parameters<typeof createSignIn>[1], 'by'>,
): ReturnType<typeof createSignIn> {
  const secret = await loadSecret(config);
  if (typeof secret !== 'string') return fail(secret.zh, secret.en);
  const { auth } = createIdentity({
    ...{ engine, clock: Date.now, log: createLog(config), secret, config },
    places: createPlaces(engine),
  });
  return createSignIn({ engine, auth, ids: uuid }, { ...signIn, by: OPERATOR });
}

/** The way in again for an operator; and, since nobody of the product set it, for two who are to be two people. */
async function setPassword(engine: Engine, config: Config, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { username: { type: 'string' } } });
  const username = values.username?.toLowerCase();
  if (!username) return fail('请填写 --username', 'give --username', 2);
  const password = passwordGiven();
  const { users } = engine.tables;
  const [found] = await engine.reader.select().from(users).where(eq(users.username, username));
  if (!found) return fail(`没有用户 ${username}`, `there is no user ${username}`);
  const signIn = { person: found.id, username: found.displayUsername ?? username, password };
  const refused = await giveSignIn(engine, config, { ...signIn, now: Date.now(), place: EVERYWHERE });
  if (refused) return fail(`没有重设：${refused.code}`, `not set: ${refused.code}`);
  say(`已重设密码，原来的登录都已退出 · Set; what was signed in is signed out: ${username}`);
}

/** A role for all places and all tenants is never what was left out by mistake: it is asked for by name. */
async function placeOfRoles(
  engine: Engine,
  { place, everywhere }: { place?: string | undefined; everywhere: boolean },
  wanted: readonly Role[],
): Promise<string> {
  if (place && everywhere)
    return fail('--place 和 --everywhere 只能写一个', 'give --place or --everywhere', 2);
  if (!place) {
    if (everywhere || wanted.length === 0) return EVERYWHERE;
    return fail(
      '请用 --place 写明角色用在哪里；真要用在所有地方，请写 --everywhere',
      'say with --place where the role is held; if really everywhere, say --everywhere',
      2,
    );
  }
  const found = await createPlaces(engine).find(place);
  if (!found) return fail(`没有归属 ${place}`, `there is no place ${place}`);
  const misplaced = wanted.find((role) => !roleFits(role, found.kind));
  if (misplaced === undefined) return place;
  return fail(
    `角色 ${misplaced} 不能用在“${found.name}”（${found.kind}）`,
    `role ${misplaced} is not held at a ${found.kind}`,
  );
}

/** Eleven digits that nobody has, or a phone that a family is said to share; undefined where none was given. */
async function phoneGiven(
  engine: Engine,
  { name, phone: typed, isShared }: { name: string; phone: string | undefined; isShared: boolean },
): Promise<string | undefined> {
  if (typed === undefined) return undefined;
  const phone = phoneOf(typed);
  if (phone === undefined) return fail('--phone 要填 11 位手机号', '--phone takes a number of 11 digits', 2);
  const holders = await phoneHolders(engine, phone);
  if (holders.some((holder) => holder.name === name)) {
    return fail(
      '没有开通：已经有一位同名、同手机号的人，请在“岗位”页给他岗位',
      'not added: somebody of this name has this phone already; give them a post on the page of posts',
    );
  }
  if (holders.length > 0 && !isShared) {
    return fail(
      '没有开通：这个手机号已经登记在别人名下。谁收到验证码，都能登录其中任何一位的账号；确实是一家人合用，请加 --shared-phone',
      'not added: somebody else has this phone, and whoever gets a code on it can sign in as either; if a family does share it, add --shared-phone',
    );
  }
  return phone;
}

async function addUser(engine: Engine, config: Config, args: readonly string[]): Promise<void> {
  const options = {
    username: { type: 'string' },
    name: { type: 'string' },
    phone: { type: 'string' },
    'shared-phone': { type: 'boolean', default: false },
    role: { type: 'string', multiple: true },
    place: { type: 'string' },
    everywhere: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const { username, name } = values;
  if (!username || !name) return fail('请填写 --username 和 --name', 'give --username and --name', 2);
  if (!UsernameSchema.safeParse(username).success) {
    return fail(
      '用户名是 3 到 30 位字母、数字、点或下划线',
      'a user name is 3 to 30 letters, digits, dots or underscores',
      2,
    );
  }
  const password = passwordGiven();
  const wanted = values.role ?? [];
  const unknown = wanted.find((role) => !(roles as readonly string[]).includes(role));
  if (unknown !== undefined) {
    return fail(
      `没有角色 ${unknown}，可用：${roles.join(' ')}`,
      `no role ${unknown}; there are: ${roles.join(' ')}`,
      2,
    );
  }
  const place = await placeOfRoles(engine, values, wanted as Role[]);
  const isShared = values['shared-phone'];
  const phone = await phoneGiven(engine, { name, phone: values.phone, isShared });
  const now = Date.now();
  const person = uuid();
  const { people, roles: t } = engine.tables;
  await engine.db.insert(people).values(personRow({ id: person, name, ...(phone && { phone }) }, now));
  const takeBack = () => engine.db.delete(people).where(eq(people.id, person));
  const refused = await giveSignIn(engine, config, { person, username, password, now, place }).catch(
    async (error: unknown) => {
      await takeBack();
      throw error;
    },
  );
  if (refused) {
    await takeBack();
    return fail(`没有开通：用户名 ${username} 已被使用`, `not added: user name ${username} is taken`);
  }
  for (const role of new Set(wanted as Role[])) {
    await engine.db
      .insert(t)
      .values({ id: uuid(), person, role, place, validFrom: now, grantedBy: OPERATOR });
  }
  say(`已开通 · Added: ${username} (${person})`);
}

async function listUsers(engine: Engine): Promise<void> {
  const { roles: t, users } = engine.tables;
  const rows = await engine.reader
    .select({ username: users.username, id: users.id, role: t.role, place: t.place })
    .from(users)
    .leftJoin(t, eq(t.person, users.id));
  for (const { username, id, role, place } of rows) {
    say(`${username ?? ''}\t${id}\t${role ?? '-'}\t${place === '' ? '*' : (place ?? '')}`);
  }
}

export const user: Command = {
  name: 'user',
  summary: { zh: '开通、重设密码和查看可以登录的人', en: 'add and list who can sign in, set a password' },
  usage: [
    'LINLI_PASSWORD=… linli user add --username U --name 姓名 [--phone P [--shared-phone]] [--role R … --place ID | --everywhere]',
    'LINLI_PASSWORD=… linli user password --username U',
    'linli user list',
  ].join('\n  '),
  run: ([verb, ...args]) =>
    withEngine(async (engine, config) => {
      if (verb === 'add') return addUser(engine, config, args);
      if (verb === 'password') return setPassword(engine, config, args);
      if (verb === 'list') return listUsers(engine);
      return fail('请写 add、password 或 list', 'say add, password or list', 2);
    }),
};

async function addKey(engine: Engine, args: readonly string[]): Promise<void> {
  const options = {
    name: { type: 'string' },
    scope: { type: 'string', multiple: true },
    book: { type: 'string', default: '1' },
    place: { type: 'string', default: EVERYWHERE },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const wanted = values.scope ?? [];
  const known = scopes.filter((scope) => wanted.includes(scope));
  if (!values.name || known.length === 0 || known.length !== wanted.length) {
    return fail(
      `请填写 --name 和 --scope（${scopes.join(' ')}）`,
      `give --name and --scope (${scopes.join(' ')})`,
      2,
    );
  }
  const { place } = values;
  const book = Number(values.book);
  if (!/^[1-9]\d{0,3}$/.test(values.book))
    return fail('--book 要填账簿编号', '--book takes a book number', 2);
  if (place !== EVERYWHERE && (await createPlaces(engine).bookOf(place)) !== book)
    return fail(`账簿 ${book} 里没有归属 ${place}`, `there is no place ${place} in book ${book}`);
  const { token, view } = await createSystemKey(engine, {
    id: uuid(),
    name: values.name,
    scopes: known,
    book,
    place,
    createdBy: OPERATOR,
    now: Date.now(),
  });
  say(`密钥只显示这一次 · Shown only once:\n${token}\n${view.id}`);
}

async function listKeys(engine: Engine): Promise<void> {
  const { systemKeys: t } = engine.tables;
  for (const row of await engine.reader.select().from(t)) {
    const state = row.revokedAt === null ? '有效 · live' : '已停用 · revoked';
    say(`${row.id}\t${row.prefix}…\t${row.name}\t${row.scopes.join(' ')}\t${state}`);
  }
}

async function revokeKey(engine: Engine, id: string | undefined): Promise<void> {
  if (id === undefined) return fail('请写明密钥编号', 'name the key by its id', 2);
  const { systemKeys: t } = engine.tables;
  const [found] = await engine.reader.select({ id: t.id }).from(t).where(eq(t.id, id));
  if (!found) return fail(`没有密钥 ${id}`, `there is no key ${id}`);
  // Revoked once: when it was is what somebody may have to prove.
  await engine.db
    .update(t)
    .set({ revokedAt: Date.now() })
    .where(and(eq(t.id, id), isNull(t.revokedAt)));
  say(`已停用 · Revoked: ${id}`);
}

export const key: Command = {
  name: 'key',
  summary: { zh: '系统密钥：新建、查看、停用', en: 'system keys: add, list, revoke' },
  usage: [
    'linli key add --name N --scope ledger:write [--scope …] [--book N] [--place ID]',
    `  --scope: ${scopes.join(' ')}`,
    '  shop:spend 不凭积分码扣居民的积分 · shop:spend takes points from members without their code',
    'linli key list',
    'linli key revoke ID',
  ].join('\n  '),
  run: ([verb, ...args]) =>
    withEngine(async (engine) => {
      if (verb === 'add') return addKey(engine, args);
      if (verb === 'list') return listKeys(engine);
      if (verb === 'revoke') return revokeKey(engine, args[0]);
      return fail('请写 add、list 或 revoke', 'say add, list or revoke', 2);
    }),
};
