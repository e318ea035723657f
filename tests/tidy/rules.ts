/** What style.md asks of any text of ours, as pure functions: a path and its text in, complaints out. */
export type Complaint = string;

const CODE = /\.(ts|js|cjs|mjs|svelte)$/;
const OWN_FOLDERS = /^(api|tests|web\/src)\//;
const MAX_LINES = 300;

function complainAt(path: string, text: string, index: number, what: string): Complaint {
  const line = text.slice(0, index).split('\n').length;
  return `${path}:${line}: ${what}`;
}

function complainAboutMatches(path: string, text: string, pattern: RegExp, what: string): Complaint[] {
  return [...text.matchAll(pattern)].map((match) =>
    complainAt(path, text, match.index, `${what}: ${match[0].trim()}`),
  );
}

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
const PASCAL_COMPONENT = /^[A-Z][A-Za-z0-9]*\.svelte$/;
/** SvelteKit's own: +page.svelte, (member), [id], [[lang]], [...rest], [id=uuid]. */
const ROUTE_PART = /^(\+[a-z.@-]+|\([a-z-]+\)|\[{1,2}(\.\.\.)?[a-zA-Z]+(=[a-z]+)?\]{1,2})$/;
/** Names that say nothing of what is inside. */
const EMPTY_NAMES = /^(utils?|helpers?|common|managers?|data|misc|shared)$/;

/** Files and folders are kebab-case, components PascalCase, and none has a name that would suit anything. */
export function checkName(path: string): Complaint[] {
  if (!OWN_FOLDERS.test(path) || !CODE.test(path)) return [];
  const complaints: Complaint[] = [];
  for (const part of path.split('/')) {
    const isComponent = part.endsWith('.svelte') && !part.startsWith('+');
    const fits = isComponent ? PASCAL_COMPONENT.test(part) : KEBAB.test(part) || ROUTE_PART.test(part);
    if (!fits) complaints.push(`${path}: "${part}" is not ${isComponent ? 'PascalCase' : 'kebab-case'}`);
    if (EMPTY_NAMES.test(part.split('.')[0] ?? ''))
      complaints.push(`${path}: "${part}" does not say what is inside`);
  }
  return complaints;
}

/** A file of more than 300 lines is two files. The exceptions are listed with their reason. */
export function checkLength(
  path: string,
  text: string,
  allowed: Readonly<Record<string, string>>,
): Complaint[] {
  const lines = text.replace(/\n$/, '').split('\n').length;
  const isLong = (CODE.test(path) || path.endsWith('.css')) && lines > MAX_LINES;
  if (isLong && !(path in allowed)) return [`${path}: ${lines} lines, more than ${MAX_LINES}`];
  if (!isLong && path in allowed)
    return [`${path}: is no longer too long; take it off the list of long files`];
  return [];
}

/** What is not done is said in the report, not left in the code. */
export function checkNoLeftovers(path: string, text: string): Complaint[] {
  return complainAboutMatches(path, text, /\b(TODO|FIXME|XXX|HACK)\b/g, 'unfinished');
}

/** A rule may be switched off for a line, with the reason after `--` (in Svelte's comments, in brackets). */
export function checkSilencedRules(path: string, text: string): Complaint[] {
  if (!CODE.test(path)) return [];
  const silenced =
    /(\/\/|\/\*|<!--)\s*((es|ox)lint-disable|svelte-ignore|@ts-(ignore|nocheck|expect-error))[^\n]*/g;
  return [...text.matchAll(silenced)]
    .filter(
      (match) =>
        !/ -- \S|@ts-expect-error: \S|svelte-ignore \S+ \(.+\)/.test(match[0]) ||
        /@ts-(ignore|nocheck)/.test(match[0]),
    )
    .map((match) => complainAt(path, text, match.index, `silenced without a reason: ${match[0].trim()}`));
}

/** Nothing that is only true on one machine: a folder of its users, or its temporary folder. */
export function checkNoMachinePaths(path: string, text: string): Complaint[] {
  const machine = /(?<![\w.)\]}*-])(\/(home|Users|root|work|tmp|opt)\/[\w.-]+|[A-Z]:\\Users\\\w+)/g;
  return complainAboutMatches(path, text, machine, 'a path of one machine');
}

/** The lockfile names versions and hashes; if servers, then only npm's own. */
export function checkLockfile(text: string): Complaint[] {
  const hosts = [...text.matchAll(/"resolved":\s*"([^"]*)"/g)].map((match) => match[1] ?? '');
  return hosts
    .filter((url) => !url.startsWith('https://registry.npmjs.org/'))
    .map((url) => `package-lock.json: resolved from ${url}`);
}

/** A decision is only as good as the test that holds it: its page ends in the path of one. */
export function checkDecision(
  path: string,
  text: string,
  fileExists: (path: string) => boolean,
): Complaint[] {
  const complaints: Complaint[] = [];
  if (!/\/\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(path)) {
    complaints.push(`${path}: its name is not a date and a few words (2026-01-31-why-this.md)`);
  }
  const lastLine = text.trimEnd().split('\n').at(-1) ?? '';
  const test = /[\w./-]+\.test\.ts/.exec(lastLine)?.[0];
  if (test === undefined) complaints.push(`${path}: does not end in the test that holds it`);
  else if (!fileExists(test)) complaints.push(`${path}: ends in ${test}, which does not exist`);
  return complaints;
}

/** Every `npm run X` that a page promises is there. */
export function checkCommands(
  path: string,
  text: string,
  scripts: Readonly<Record<string, string>>,
): Complaint[] {
  const promised = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)];
  return promised
    .map((match) => ({ index: match.index, name: match[1] ?? match[2] ?? '' }))
    .filter(({ name }) => !(name in scripts))
    .map(({ index, name }) => complainAt(path, text, index, `package.json has no script "${name}"`));
}
