/**
 * What the tests need besides npm's packages. `npm test` says what it is about to install and why, installs only where it
 * can do so properly (root on Debian), and otherwise ends with one line that says what to do.
 */
export type Tool = {
  readonly name: string;
  readonly why: string;
  /** Its package in Debian. */
  readonly debianPackage: string;
};

export const CHROMIUM: Tool = {
  name: 'Chromium',
  why: 'the browser tests drive it',
  debianPackage: 'chromium-headless-shell',
};

export const CJK_FONT: Tool = {
  name: 'a CJK font',
  why: 'without one Chinese is drawn as boxes, and widths are wrong',
  debianPackage: 'fonts-noto-cjk',
};

export const HLEDGER: Tool = {
  name: 'hledger',
  why: 'an independent program must reach the same balances from our export',
  debianPackage: 'hledger',
};

export type Machine = {
  readonly missing: readonly Tool[];
  readonly isRoot: boolean;
  readonly isDebian: boolean;
  /** LINLI_NO_INSTALL=1 */
  readonly mayNotInstall: boolean;
};

export type Decision =
  | { readonly do: 'nothing' }
  | { readonly do: 'install'; readonly packages: readonly string[]; readonly lines: readonly string[] }
  | { readonly do: 'refuse'; readonly line: string };

export function planInstall(machine: Machine): Decision {
  const { missing } = machine;
  if (missing.length === 0) return { do: 'nothing' };

  const packages = missing.map((tool) => tool.debianPackage);
  if (!machine.mayNotInstall && machine.isRoot && machine.isDebian) {
    const lines = missing.map((tool) => `  ${tool.debianPackage}: ${tool.name}, because ${tool.why}`);
    return { do: 'install', packages, lines };
  }

  const names = missing.map((tool) => tool.name).join(', ');
  const because = machine.mayNotInstall
    ? 'LINLI_NO_INSTALL=1 forbids installing'
    : 'installing is done for you only as root on Debian';
  const hint = machine.isDebian ? `: apt-get install ${packages.join(' ')}` : ' and run again';
  return { do: 'refuse', line: `Missing: ${names}; ${because}. Please install them yourself${hint}.` };
}

/** Whether /etc/os-release is Debian's own. On Ubuntu the `chromium` package is a snap, which cannot run everywhere. */
export function isDebianRelease(osRelease: string): boolean {
  return /^ID="?debian"?$/m.test(osRelease);
}
