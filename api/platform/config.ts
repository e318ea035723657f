import { resolve } from 'node:path';
import { z } from '@hono/zod-openapi';
import { say } from './problem-fields.ts';
import { fieldProblems } from './problem-fields.ts';
import { DEFAULT_LIMITS } from './rate-limit.ts';
import type { RateLimits } from './rate-limit.ts';
import type { Words } from './language.ts';
import { readWechat, WechatEnvironment } from './wechat-config.ts';
import type { WechatConfig } from './wechat-config.ts';

/** How this process runs, read from the environment once. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** PostgreSQL; undefined means the SQLite file in the data folder. */
  readonly databaseUrl: string | undefined;
  /** As given; main.ts fills in the one kept in the data folder. */
  readonly secret: string | undefined;
  /** The address that people type, `https://points.example.org`; undefined: whatever Host they came by. */
  readonly origin: string | undefined;
  /** Believe X-Forwarded-For and X-Forwarded-Proto, which only a proxy in front may set. */
  readonly trustProxy: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly timeoutMs: number;
  readonly limits: RateLimits;
  /** Where messages to phones are posted; undefined: they wait in the outbox. */
  readonly messages: { url: string; secret: string; channels: readonly ('sms' | 'wechat')[] } | undefined;
  /** Sign-in with WeChat; undefined: there is none. */
  readonly wechat: WechatConfig | undefined;
}

export interface ConfigRefusal extends Words {
  readonly kind: 'refused';
}

export function isRefusal(value: object): value is ConfigRefusal {
  return 'kind' in value && value.kind === 'refused';
}

const whole = (zh: string, en: string) => z.string().regex(/^\d{1,9}$/, say(zh, en));

const Environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole('应当是 0 到 65535 的端口号', 'must be a port from 0 to 65535')
    .refine(
      (port) => Number(port) <= 65_535,
      say('应当是 0 到 65535 的端口号', 'must be a port from 0 to 65535'),
    )
    .default('3000'),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, say('应当以 postgres:// 开头', 'must start with postgres://'))
    .optional(),
  LINLI_SECRET: z.string().optional(),
  ORIGIN: z
    .string()
    .refine(
      isOrigin,
      say(
        '应当是 https://points.example.org 这样的网址，后面不带路径',
        'must be like https://points.example.org, without a path',
      ),
    )
    .optional(),
  TRUST_PROXY: z.enum(['0', '1']).default('0'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  REQUEST_TIMEOUT_MS: whole('应当是毫秒数', 'must be a number of milliseconds')
    .refine(
      (ms) => Number(ms) >= 100 && Number(ms) <= 600_000,
      say('应当在 100 到 600000 毫秒之间', 'must be from 100 to 600000 milliseconds'),
    )
    .default('30000'),
  MESSAGE_WEBHOOK: z
    .url({
      protocol: /^https?$/,
      error: say('应当是 https:// 开头的网址', 'must be an address like https://…'),
    })
    .max(500)
    .optional(),
  MESSAGE_SECRET: z.string().min(32, say('至少 32 个字符', 'must have 32 characters or more')).optional(),
  MESSAGE_CHANNELS: z.enum(['sms', 'wechat', 'sms,wechat']).default('sms'),
  ...WechatEnvironment,
  RATE_LIMIT_KEY: whole('应当是每秒次数', 'must be a number a second').optional(),
  RATE_LIMIT_PERSON: whole('应当是每秒次数', 'must be a number a second').optional(),
  RATE_LIMIT_ADDRESS: whole('应当是每秒次数', 'must be a number a second').optional(),
});

/** Reads the settings; an empty variable is one that is not set. What is wrong comes back in a sentence. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config | ConfigRefusal {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = Environment.safeParse(given);
  if (!read.success) {
    const wrong = fieldProblems(read.error.issues);
    return {
      kind: 'refused',
      zh: `设置不对：${wrong.map((f) => `${f.field} ${f.zh}`).join('；')}。`,
      en: `Wrong settings: ${wrong.map((f) => `${f.field} ${f.en}`).join('; ')}.`,
    };
  }
  const e = read.data;
  if (e.MESSAGE_WEBHOOK !== undefined && e.MESSAGE_SECRET === undefined) {
    return {
      kind: 'refused',
      zh: '设置不对：有 MESSAGE_WEBHOOK，就要有 MESSAGE_SECRET，好让对方认得是谁发的。',
      en: 'Wrong settings: MESSAGE_WEBHOOK needs a MESSAGE_SECRET, by which it knows who sends.',
    };
  }
  const wechat = readWechat(e);
  if (wechat && 'kind' in wechat) return wechat;
  return {
    production: e.NODE_ENV === 'production',
    host: e.HOST,
    port: Number(e.PORT),
    dataDir: resolve(e.DATA_DIR),
    databaseUrl: e.DATABASE_URL,
    secret: e.LINLI_SECRET,
    origin: e.ORIGIN === undefined ? undefined : new URL(e.ORIGIN).origin,
    trustProxy: e.TRUST_PROXY === '1',
    logLevel: e.LOG_LEVEL,
    timeoutMs: Number(e.REQUEST_TIMEOUT_MS),
    messages:
      e.MESSAGE_WEBHOOK === undefined || e.MESSAGE_SECRET === undefined
        ? undefined
        : {
            url: e.MESSAGE_WEBHOOK,
            secret: e.MESSAGE_SECRET,
            channels: e.MESSAGE_CHANNELS === 'sms,wechat' ? ['sms', 'wechat'] : [e.MESSAGE_CHANNELS],
          },
    wechat,
    limits: {
      key: rate(DEFAULT_LIMITS.key, e.RATE_LIMIT_KEY),
      person: rate(DEFAULT_LIMITS.person, e.RATE_LIMIT_PERSON),
      address: rate(DEFAULT_LIMITS.address, e.RATE_LIMIT_ADDRESS),
    },
  };
}

/** A burst is three seconds' worth; 0 a second switches the limit off. */
function rate(otherwise: RateLimits['key'], perSecond: string | undefined): RateLimits['key'] {
  return perSecond === undefined
    ? otherwise
    : { perSecond: Number(perSecond), burst: Math.max(1, Number(perSecond) * 3) };
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.username === '';
}
