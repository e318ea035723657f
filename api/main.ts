import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mintSetUpLink } from './identity/index.ts';
import { isRefusal, keepHeapSmall, readConfig } from './platform/index.ts';
import type { Config, ConfigRefusal } from './platform/index.ts';
import { createServer } from './server.ts';

/**
 * `npm start`: the production process. Settings come from the environment (see README); what is wrong with them, the
 * port or the data folder is one sentence in Chinese and one in English, and exit code 1.
 */
const read = readConfig(process.env);
const config: Config = isRefusal(read) ? giveUp(read) : { ...read, production: true };
// One small machine has SQLite. Where PostgreSQL runs there is memory, and the rows it answers leave much garbage behind.
if (config.databaseUrl === undefined) keepHeapSmall();

// The demo's people have passwords that everybody can read.
if (existsSync(join(config.dataDir, 'demo.json'))) {
  giveUp({
    zh: `${config.dataDir} 是演示数据，里面的账号密码是公开的；请用 DATA_DIR 指定正式的数据文件夹。`,
    en: `${config.dataDir} holds the demo, whose passwords are public; name the real data folder with DATA_DIR.`,
  });
}

const opened = await createServer(config, { thread: true });
const server = isRefusal(opened) ? giveUp(opened) : opened;
const address = await server.listen();
if ('kind' in address) {
  await server.stop();
  giveUp(address);
} else {
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const origin = config.origin ?? `http://${shown}:${address.port}`;
  process.stdout.write(`邻里积分已启动 · Linli is running: ${origin}\n`);
  const link = await mintSetUpLink(server.deps, server.deps.clock());
  // In the terminal and nowhere else: whoever reads it becomes the administrator.
  if (link !== undefined) {
    process.stdout.write(
      `还没有管理员，请用这个链接做首次设置（用一次就失效） · Nobody administers it yet; this link sets it up, once:\n  ${origin}/welcome/${link}\n`,
    );
  }
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        server.deps.log.error({ error }, 'the stop failed');
        process.exit(1);
      },
    );
  });
}

function giveUp({ zh, en }: Pick<ConfigRefusal, 'zh' | 'en'>): never {
  process.stderr.write(`邻里积分：${zh}\nLinli: ${en}\n`);
  process.exit(1);
}
