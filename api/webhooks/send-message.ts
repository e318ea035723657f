/**
 * One try of one message. The name is looked up now, every address that it has is checked, and the connection goes to
 * the one that was checked: a name that answers otherwise a moment later changes nothing. No redirect is followed and
 * no answer is read beyond its status.
 */
import { lookup as lookUp } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLocal, isPublicAddress, parseEndpoint } from './addresses.ts';

export type Outcome =
  | 'delivered'
  | 'refused'
  | 'unreachable'
  | 'timed-out'
  | 'address-refused'
  | 'no-secret'
  | 'switched-off';
/** `status`: of the answer, where there was one. `at` in milliseconds. */
export type Attempt = {
  readonly at: number;
  readonly outcome: Outcome;
  readonly status?: number;
  readonly ms: number;
};

type Address = { readonly address: string; readonly family: number };
/** All addresses of a name; rejects for none. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

export type Sending = {
  readonly production: boolean;
  readonly resolve?: Resolve;
  readonly isAllowed?: (address: string) => boolean;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 10_000;
const HEADER_BYTES = 16 * 1024;

const resolveAll: Resolve = (host) => lookUp(host, { all: true });

export async function sendMessage(
  { url, headers, body }: { url: string; headers: Record<string, string>; body: string },
  sending: Sending,
): Promise<Pick<Attempt, 'outcome' | 'status'>> {
  const to = parseEndpoint(url, sending);
  if (!to) return { outcome: 'address-refused' };
  const timeout = AbortSignal.timeout(sending.timeoutMs ?? TIMEOUT_MS);
  try {
    const address = await checkedAddress(to, sending, timeout);
    if (!address) return { outcome: 'address-refused' };
    const status = await posted(to, { headers, body, address, timeout });
    return { outcome: status >= 200 && status < 300 ? 'delivered' : 'refused', status };
  } catch {
    return { outcome: timeout.aborted ? 'timed-out' : 'unreachable' };
  }
}

/** One bad address among several is enough: a name that also points inside is not to be trusted. */
async function checkedAddress(to: URL, sending: Sending, timeout: AbortSignal): Promise<Address | undefined> {
  const { resolve = resolveAll, isAllowed = isPublicAddress } = sending;
  const host = to.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found =
    family === 0 ? await Promise.race([resolve(host), whenAborted(timeout)]) : [{ address: host, family }];
  if (!sending.production && isLocal(to)) return found[0];
  return found.every(({ address }) => isAllowed(address)) ? found[0] : undefined;
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timed out')), { once: true });
  });
}

function posted(
  to: URL,
  of: { headers: Record<string, string>; body: string; address: Address; timeout: AbortSignal },
): Promise<number> {
  const { address, family } = of.address;
  const pinned: LookupFunction = (_host, { all }, done) =>
    all === true ? done(null, [{ address, family }]) : done(null, address, family);
  const bytes = Buffer.from(of.body, 'utf8');
  const headers = {
    ...of.headers,
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    'user-agent': 'Linli-Webhooks/1',
  };
  const request = to.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      to,
      {
        ...{ method: 'POST', headers, lookup: pinned, agent: false },
        ...{ signal: of.timeout, maxHeaderSize: HEADER_BYTES },
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    sent.on('error', reject);
    sent.end(bytes);
  });
}
