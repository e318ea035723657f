import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { formatSeconds, runCommand } from '../../api/cli/run-command.ts';
import { findChromium, findProgram } from '../support/chromium.ts';
import {
  CHROMIUM,
  CJK_FONT,
  HLEDGER,
  isDebianRelease,
  type Machine,
  planInstall,
  type Tool,
} from './tools.ts';

function hasCjkFont(): boolean {
  // Windows and macOS bring Chinese fonts along; elsewhere fontconfig knows.
  if (process.platform !== 'linux') return true;
  try {
    return execFileSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
}

function missingTools(): Tool[] {
  const missing: Tool[] = [];
  if (findChromium() === undefined) missing.push(CHROMIUM);
  if (!hasCjkFont()) missing.push(CJK_FONT);
  if (findProgram('hledger') === undefined) missing.push(HLEDGER);
  return missing;
}

function lookAtMachine(): Machine {
  const release = '/etc/os-release';
  return {
    missing: missingTools(),
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync(release) && isDebianRelease(readFileSync(release, 'utf8')),
    mayNotInstall: process.env['LINLI_NO_INSTALL'] === '1',
  };
}

/** Whether everything that the tests need is there, if need be after installing it. Says what it does, and why it cannot. */
export async function provideTools(): Promise<boolean> {
  const decision = planInstall(lookAtMachine());
  if (decision.do === 'nothing') return true;
  if (decision.do === 'refuse') {
    console.error(decision.line);
    return false;
  }

  console.log(['Installing through apt-get (LINLI_NO_INSTALL=1 forbids it):', ...decision.lines].join('\n'));
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '--yes', '--no-install-recommends', ...decision.packages];
  for (const args of [['update'], install]) {
    const result = await runCommand({ file: 'apt-get', args, cwd: '/', env, output: 'keep' });
    console.log(`  apt-get ${args[0]}: ${result.ok ? 'done' : 'failed'}, ${formatSeconds(result.seconds)}`);
    if (!result.ok) {
      console.error(
        `${result.output.trimEnd()}\nCould not install ${decision.packages.join(', ')}; see the lines above.`,
      );
      return false;
    }
  }
  const still = missingTools();
  if (still.length > 0)
    console.error(`Still missing after the installation: ${still.map((tool) => tool.name).join(', ')}.`);
  return still.length === 0;
}
