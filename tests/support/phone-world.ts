/** A member with a phone, and whoever carries messages to it; for the tests of signing in by a code. */
import { eq } from 'drizzle-orm';
import type { Engine } from '../../api/db/index.ts';
import { askForCode } from '../../api/identity/ask-for-code.ts';
import type { Message, MessageProvider } from '../../api/platform/index.ts';
import { startApp, type Visitor } from './app.ts';

export const PHONE = '13912345678';

export type PhoneWorld = Awaited<ReturnType<typeof openPhoneWorld>>;

/** Without a provider nothing is carried, and staff read the codes out. */
export async function openPhoneWorld(engine: Engine, has: { provider: boolean } = { provider: true }) {
  const carried: Message[] = [];
  const messages: MessageProvider = {
    channels: ['sms'],
    send: (message) => Promise.resolve(carried.push(message) > 0 ? 'sent' : 'refused'),
  };
  // Who asks from where is said by a proxy.
  const config = { trustProxy: true };
  const app = await startApp(engine, has.provider ? { messages, config } : { config });
  const estate = await app.place();
  const member = await app.resident({ role: 'member', place: estate });

  const give = (person: string, phone: string | null) => {
    const { people } = app.engine.tables;
    return app.engine.db.update(people).set({ phone }).where(eq(people.id, person));
  };
  await give(member, PHONE);

  const post = (path: string, json: object, headers?: Record<string, string>) =>
    app.request(`/api/auth${path}`, { json, ...(headers && { headers }) });
  const askedFor = (phone: string) => post('/phone/code', { phone });
  const askedFrom = (address: string, phone: string, headers = {}) =>
    post('/phone/code', { phone }, { 'x-forwarded-for': address, ...headers });
  const challengeOf = async (asked: Response) => ((await asked.json()) as { challenge: string }).challenge;
  /** What the page shows that asked last for a code to each phone. */
  const challenges = new Map<string, string>();
  const enterWith = (challenge: string, code: string) => post('/sign-in/phone', { challenge, code });
  const enter = (code: string, phone = PHONE) => enterWith(challenges.get(phone) ?? '', code);
  const deps = () => ({ ...app.server.deps, secrets: app.server.deps.identity.secrets });
  /** The digits of the last message. */
  const digits = () => /(\d{6})/.exec(carried.at(-1)?.text ?? '')?.[1] ?? '';
  /** As the route does, waiting until the code has come. */
  const sentTo = async (phone = PHONE): Promise<string> => {
    const { challenge, sent } = await askForCode(deps(), phone);
    challenges.set(phone, challenge);
    await sent;
    return digits();
  };
  const asking = { askedFor, askedFrom, challengeOf, challenges, sentTo };
  return { app, estate, member, carried, give, post, ...asking, enter, enterWith, deps, digits };
}

/** The browser that has the cookies of an answer. */
export function sessionOf(answer: Response): Visitor {
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { headers: { cookie: cookies.join('; ') } };
}
