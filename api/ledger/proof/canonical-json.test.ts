import { expect, it } from 'vitest';
import { canonicalJson, hashCanonicalJson } from './canonical-json.ts';

it('writes the example of RFC 8785 §3.2.3 as the RFC does', () => {
  const value: unknown = JSON.parse(
    String.raw`{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}`,
  );
  expect(canonicalJson(value)).toBe(
    `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
  );
});

it('sorts names that look like numbers as texts, at every depth', () => {
  expect(canonicalJson({ '9': 1, '10': { b: 1, a: 2 }, '\u20ac': 3, '\r': 4 })).toBe(
    '{"\\r":4,"10":{"a":2,"b":1},"9":1,"€":3}',
  );
});

it('has one hash for one value, in whatever order it was written', () => {
  expect(hashCanonicalJson({ a: 1, b: [2] })).toBe(hashCanonicalJson(JSON.parse('{"b":[2],"a":1.0}')));
  expect(hashCanonicalJson({ a: 1 })).not.toBe(hashCanonicalJson({ a: '1' }));
});
