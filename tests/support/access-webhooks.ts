/** A webhook at a place, and a message of one: for the generated access test and the examples. */
import { isProblem } from '../../api/platform/index.ts';
import { addWebhook, sendTest, switchWebhook } from '../../api/webhooks/change-webhooks.ts';
import type { Fixture } from './access-fixtures.ts';
import { actorNamed } from './demo-programme.ts';

const webhook: Fixture = async ({ server: { deps } }, place) => {
  const by = actorNamed('worker', { role: 'merchant_manager', place });
  const asked = { place, url: 'https://pos.example.com/linli', events: ['purchase.credited' as const] };
  const made = await addWebhook(deps, { ...asked, actor: by });
  if (isProblem(made)) throw new Error(made.code);
  const { id } = made.webhook;
  // Off, since a shop may have only so many that are on.
  await switchWebhook(deps, { id, state: 'off' });
  return id;
};

export const ofWebhooks = {
  webhook,
  webhookMessage: async (app, place) => {
    const sent = await sendTest(app.server.deps, await webhook(app, place));
    if (isProblem(sent)) throw new Error(sent.code);
    return sent.id;
  },
} satisfies Record<string, Fixture>;
