import { expect, it } from 'vitest';
import { nextTry, PAUSES_MS } from './rules/retries.ts';
import { headersOf, secretOf } from './signature.ts';

// The vector that the specification's own libraries are tested with.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_000, body: '{"test": 2432232314}' };
const signed = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

it('a message is signed as the specification says', () => {
  expect(headersOf(message, [secret])).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': signed,
  });
});

it('while a secret is changed both sign', () => {
  const fresh = secretOf(new Uint8Array(32).fill(7));
  const [first, second] = headersOf(message, [fresh, secret])['webhook-signature']!.split(' ');
  expect(first).not.toBe(signed);
  expect(second).toBe(signed);
});

it('what nobody takes is sent again ever later, the last time after more than a day', () => {
  expect(nextTry(1, 0)).toBe(5_000);
  expect(PAUSES_MS.toSorted((a, b) => a - b)).toEqual(PAUSES_MS);
  expect(nextTry(PAUSES_MS.length, 0)).toBe(10 * 3_600_000);
  expect(nextTry(PAUSES_MS.length + 1, 0)).toBeUndefined();
});
