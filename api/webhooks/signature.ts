/** Standard Webhooks 1.0 (standardwebhooks.com): `v1` is HMAC-SHA256 over id, time and body, with the bytes of a `whsec_`. */
import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
export const SECRET_BYTES = 32;
/** An old secret signs along for so long after a new one was made. */
export const OVERLAP_MS = 24 * 3_600_000;

export function secretOf(random: Uint8Array): string {
  return PREFIX + Buffer.from(random).toString('base64');
}

export type Message = { readonly id: string; readonly at: number; readonly body: string };

/** The headers of one try; `at` is when it is sent, in milliseconds. Each secret gives one signature. */
export function headersOf({ id, at, body }: Message, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
