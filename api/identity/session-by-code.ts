import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from '../platform/index.ts';

/**
 * better-auth's half of a sign-in by code: a session and its cookie, for a person who has proved themselves to us. Its own
 * phone-number plugin keeps a second, unique phone beside the person's, and the code as it is. None of its routes is
 * mounted, so nothing but signInByCode reaches this.
 */
export const sessionByCode = () => ({
  id: 'session-by-code',
  endpoints: {
    signInPerson: createAuthEndpoint(
      '/sign-in/person',
      { method: 'POST', body: z.object({ person: z.string() }), metadata: { SERVER_ONLY: true } },
      async (c) => {
        const user = await c.context.internalAdapter.findUserById(c.body.person);
        if (!user) throw c.error('UNAUTHORIZED');
        // A hook may refuse it, which the types do not say.
        const made = await c.context.internalAdapter.createSession(user.id, false);
        const session = made as typeof made | null;
        if (session === null) throw c.error('UNAUTHORIZED');
        await setSessionCookie(c, { session, user }, false);
        return c.json({ user: { id: user.id } });
      },
    ),
  },
});
