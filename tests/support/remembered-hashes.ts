import type { createIdentity } from '../../api/identity/index.ts';

type Auth = ReturnType<typeof createIdentity>['auth'];

const hashes = new Map<string, Promise<string>>();
const verdicts = new Map<string, Promise<boolean>>();

function remembered<T>(known: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const answer = known.get(key) ?? work();
  known.set(key, answer);
  return answer;
}

/**
 * The password hash is slow on purpose, a tenth of a second of a core, and the tests' people share one password. Each
 * password is really hashed and checked, but once in a test file.
 */
export async function rememberHashes(auth: Auth): Promise<void> {
  const { password } = await auth.$context;
  const { hash, verify } = password;
  password.hash = (text) => remembered(hashes, text, () => hash(text));
  password.verify = (asked) =>
    remembered(verdicts, JSON.stringify([asked.hash, asked.password]), () => verify(asked));
}
