/**
 * Who carries a message to a phone. Linli knows no carrier: it posts each message to a web hook of the operator's, who
 * puts it into the words of their SMS or WeChat contract. Without one, messages wait in the outbox for people to tell.
 */
import { createHmac } from 'node:crypto';

export interface Message {
  /** The same for the same message, so that a carrier can drop a second one. */
  readonly id: string;
  readonly channel: 'sms' | 'wechat';
  /** Whom it is for: WeChat's own ids are the web hook's to know. */
  readonly person: string;
  readonly phone: string;
  readonly text: string;
}

/** `refused`: certainly not sent; `unknown`: no answer came, it may have been. */
export type Carried = 'sent' | 'refused' | 'unknown';

export interface MessageProvider {
  readonly channels: readonly Message['channel'][];
  send(message: Message): Promise<Carried>;
}

const PATIENCE_MS = 10_000;

/** No connection was made, so that nothing was handed over. */
function neverArrived(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (
      'code' in cause &&
      /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(
        String(cause.code),
      )
    )
      return true;
  return false;
}

/**
 * Posts `{ id, channel, person, phone, text }` as JSON, with its HMAC-SHA256 (hex, by the shared secret) in
 * `X-Linli-Signature`. Any 2xx is sent; another answer is refused; none is unknown.
 */
export function createWebhookProvider(
  { url, secret, channels }: { url: string; secret: string; channels: MessageProvider['channels'] },
  send: typeof fetch = fetch,
): MessageProvider {
  return {
    channels,
    async send(message) {
      const body = JSON.stringify(message);
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      try {
        const answer = await send(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-linli-signature': signature },
          body,
          redirect: 'error',
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        await answer.body?.cancel();
        return answer.ok ? 'sent' : 'refused';
      } catch (error) {
        return neverArrived(error) ? 'refused' : 'unknown';
      }
    },
  };
}
