/** Requests that nobody should send: the example of a route with something in it spoilt, and who sends it. */
import fc from 'fast-check';
import type { Documented, ExampleRequest } from '../support/documented-routes.ts';

/** One thing done to a request; `which` chooses among what the request has. */
type Spoiling = TextSpoiling<'param'> | TextSpoiling<'query'> | TextSpoiling<'header'> | BodySpoiling;
type TextSpoiling<S extends string> = { spoil: S; which: number; value: string };
type BodySpoiling =
  | { spoil: 'field'; which: number; value: unknown }
  | { spoil: 'without'; which: number }
  | { spoil: 'body'; text: string }
  | { spoil: 'bytes'; at: number; bytes: Uint8Array }
  | { spoil: 'cut'; at: number };

export type Spoilt = { route: number; by: (typeof WHO)[number]; key: string; spoilings: Spoiling[] };

/** Mostly whom the route lets in, since the others are not listened to for long. */
const WHO = [
  'rightful',
  'rightful',
  'rightful',
  'rightful',
  'nobody',
  'worker',
  'member',
  'machine',
] as const;

/** What has broken programs before: emptiness, control characters, half characters, numbers and dates at their ends. */
const NASTY = [
  ...['', ' ', '\0', 'a\0b', '\ud800', '\udfff x', '\u202e', '\u2028', '😀'.repeat(40), '龘'.repeat(3_000)],
  ...[
    '0',
    '-0',
    '-1',
    '1e400',
    '9007199254740993',
    '99999999999999999999',
    '0.1',
    'NaN',
    '0x10',
    '１２',
    '٣',
  ],
  ...[
    'null',
    'true',
    '[]',
    '{}',
    '__proto__',
    'constructor',
    "' or 1=1 --",
    '${7*7}',
    '%00',
    '%',
    '../../..',
  ],
  ...['2026-02-30', '2026-13', '0000-01', '9999-12', '1969-12-31T23:59:59Z', '+275760-09-13T00:00:00Z'],
  ...['2026-06-20T12:00:00+25:00', '00000000-0000-0000-0000-000000000000', '1099511627777', '-1099511627777'],
];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const NUMBERS = [0, -0, -1, 0.5, 1e21, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63)];
const value: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom(null, true, ...NUMBERS, [], {}),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }),
);

const DEEP = 20_000;
const BODIES = [
  ...['', ' ', 'null', '1', '""', '[]', '{', '{}', '{"a":1,"a":2}', '{"__proto__":{"place":1}}', '\ufeff{}'],
  ...['['.repeat(DEEP), '['.repeat(DEEP) + ']'.repeat(DEEP), '{"a":'.repeat(DEEP), '"\\ud800"', '1e999'],
];

const nat = fc.nat({ max: 60 });
const textual = <S extends string>(spoil: S): fc.Arbitrary<TextSpoiling<S>> =>
  fc.record({ spoil: fc.constant(spoil), which: nat, value: text });

const spoiling: fc.Arbitrary<Spoiling> = fc.oneof(
  textual('param'),
  textual('query'),
  textual('header'),
  { weight: 3, arbitrary: fc.record({ spoil: fc.constant('field' as const), which: nat, value }) },
  fc.record({ spoil: fc.constant('without' as const), which: nat }),
  fc.record({
    spoil: fc.constant('body' as const),
    text: fc.oneof(fc.constantFrom(...BODIES), fc.json(), text),
  }),
  fc.record({
    spoil: fc.constant('bytes' as const),
    at: fc.nat({ max: 2_000 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
  }),
  fc.record({ spoil: fc.constant('cut' as const), at: fc.nat({ max: 2_000 }) }),
);

/** For an API with so many routes. */
export function spoiltRequest(routes: number): fc.Arbitrary<Spoilt> {
  return fc.record({
    route: fc.nat({ max: routes - 1 }),
    by: fc.constantFrom(...WHO),
    // An effect once had is had for ever under its key, so that each request that gets so far has one of its own.
    key: fc.stringMatching(/^[a-z0-9]{12}$/),
    spoilings: fc.array(spoiling, { maxLength: 3 }),
  });
}

/** As it goes out. */
export type Outgoing = {
  path: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | undefined;
};

const HEADERS = [
  ...['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'accept', 'accept-language'],
  ...[
    'authorization',
    'cookie',
    'idempotency-key',
    'origin',
    'host',
    'x-forwarded-for',
    'forwarded',
    'range',
  ],
];
/** Not in any document, yet asked for by somebody. */
const STRAY_QUERY = ['after', 'limit', 'sort', 'from', 'month', '__proto__'];

export function spoil(
  { method, path }: Documented,
  example: ExampleRequest,
  { spoilings, key }: Spoilt,
  by: Readonly<Record<string, string>>,
): Outgoing {
  const params = { ...example.params };
  const query = { ...example.query };
  const headers: Record<string, string> = { origin: 'http://linli.test', host: 'linli.test', ...by };
  for (const name of Object.keys(example.headers)) headers[name.toLowerCase()] = key;
  if (example.type !== undefined) headers['content-type'] = example.type;
  let body: Buffer | undefined = example.body === undefined ? undefined : Buffer.from(example.body);
  // Fields while it is still the JSON that the example was; then whatever makes it none.
  const isField = ({ spoil }: Spoiling) => spoil === 'field' || spoil === 'without';
  const inOrder = [...spoilings.filter(isField), ...spoilings.filter((one) => !isField(one))];
  for (const one of inOrder) {
    if (one.spoil === 'param') replaceOne(params, one.which, one.value, []);
    else if (one.spoil === 'query') replaceOne(query, one.which, one.value, STRAY_QUERY);
    else if (one.spoil === 'header') headers[HEADERS[one.which % HEADERS.length]!] = headerSafe(one.value);
    else body = spoilBody(body ?? Buffer.alloc(0), one);
  }
  const filled = path.replaceAll(/{(.+?)}/g, (_, name: string) => inPath(params[name] ?? ''));
  const asked = Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query).toString()}`;
  // A GET has no body, whoever asks.
  return {
    path: filled + asked,
    headers,
    body: method === 'get' ? undefined : body && Uint8Array.from(body),
  };
}

function replaceOne(
  values: Record<string, string>,
  which: number,
  value: string,
  more: readonly string[],
): void {
  const names = [...Object.keys(values), ...more];
  const name = names[which % Math.max(1, names.length)];
  if (name !== undefined) values[name] = value;
}

/** A half character cannot be in an address; a lone % can, and stays what it is. */
function inPath(value: string): string {
  return value.startsWith('%') ? value : encodeURIComponent(Buffer.from(value).toString());
}

/** What a header can carry at all: Latin-1 without control characters. */
function headerSafe(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 4_000);
}

function spoilBody(body: Buffer, one: BodySpoiling): Buffer {
  switch (one.spoil) {
    case 'body':
      return Buffer.from(one.text);
    case 'cut':
      return body.subarray(0, one.at % (body.length + 1));
    case 'bytes': {
      const at = one.at % (body.length + 1);
      return Buffer.concat([body.subarray(0, at), one.bytes, body.subarray(at + one.bytes.length)]);
    }
    case 'field':
    case 'without':
      return spoilField(body, one.which, one.spoil === 'field' ? { value: one.value } : undefined);
  }
}

/** Puts a value in the place of one within the JSON, or takes that one away; what is no JSON stays as it is. */
function spoilField(body: Buffer, which: number, put: { value: unknown } | undefined): Buffer {
  const whole = parsed(body.toString());
  if (whole === undefined) return body;
  const slots = slotsOf(whole.json);
  const slot = slots[which % Math.max(1, slots.length)];
  if (slot === undefined) return put ? Buffer.from(JSON.stringify(put.value)) : body;
  const [holder, name] = slot;
  if (put) holder[name] = put.value;
  else delete holder[name];
  return Buffer.from(JSON.stringify(whole.json));
}

function parsed(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Each place of a value, from the outside in. */
function slotsOf(json: unknown): [Record<string, unknown>, string][] {
  if (typeof json !== 'object' || json === null) return [];
  const holder = json as Record<string, unknown>;
  const own = Object.keys(holder).map((name): [Record<string, unknown>, string] => [holder, name]);
  return [...own, ...Object.values(holder).flatMap(slotsOf)];
}
