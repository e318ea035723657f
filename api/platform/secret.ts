import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config, ConfigRefusal } from './config.ts';

/** Sessions are signed with it, and what must not be readable in the database is hashed with it. */
const FILE = 'secret';
const LEAST_LENGTH = 32;

/**
 * The installation's secret: LINLI_SECRET, or one kept in the data folder, made on the first start and readable by the
 * owner alone. Several processes on one database must be given the same LINLI_SECRET.
 */
export async function loadSecret(config: Config): Promise<string | ConfigRefusal> {
  if (config.secret !== undefined) {
    return config.production && isWeak(config.secret) ? weak : config.secret;
  }
  const file = join(config.dataDir, FILE);
  try {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    return await createOnce(file);
  } catch (error) {
    return {
      kind: 'refused',
      zh: `数据文件夹 ${config.dataDir} 不能写入（${codeOf(error)}）；请检查权限，或用 DATA_DIR 换一个文件夹。`,
      en: `The data folder ${config.dataDir} cannot be written (${codeOf(error)}); check its permissions or choose another with DATA_DIR.`,
    };
  }
}

/** `wx` makes exactly one of several starting processes the author; the others read what it wrote. */
async function createOnce(file: string): Promise<string> {
  try {
    const handle = await open(file, 'wx', 0o600);
    const secret = randomBytes(32).toString('base64url');
    try {
      await handle.writeFile(`${secret}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return secret;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  return readWhenWritten(file);
}

async function readWhenWritten(file: string): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const secret = (await readFile(file, 'utf8')).trim();
    if (secret.length >= LEAST_LENGTH) return secret;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw Object.assign(new Error('The secret file is empty.'), { code: 'EMPTY' });
}

/** Too short, or too few different characters to be random. */
function isWeak(secret: string): boolean {
  return secret.length < LEAST_LENGTH || new Set(secret).size < 12;
}

const weak: ConfigRefusal = {
  kind: 'refused',
  zh: `LINLI_SECRET 太弱：至少要 ${LEAST_LENGTH} 个随机字符；不设置它，系统会自己生成一个。`,
  en: `LINLI_SECRET is too weak: at least ${LEAST_LENGTH} random characters; leave it unset and one is made.`,
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
