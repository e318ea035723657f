import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfConsent, mayActFor, type Consent } from './may-act-for.ts';

const day = fc.integer({ min: 0, max: 400 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
const person = fc.constantFrom('mother', 'daughter', 'son', 'neighbour');
const consent: fc.Arbitrary<Consent> = fc.record({
  id: fc.uuid(),
  principal: person,
  proxy: person,
  may: fc.constantFrom('view', 'spend'),
  since: day,
  until: day,
  endedAt: fc.option(fc.nat()),
});
const asked = fc.record({ who: person, principal: person, what: fc.constantFrom('view', 'spend'), day });

const given: Consent = {
  ...{ id: '1', principal: 'mother', proxy: 'daughter', may: 'spend' },
  ...{ since: '2026-06-15', until: '2027-06-15', endedAt: null },
};
const may = (consents: readonly Consent[], more: object = {}) =>
  mayActFor(consents, { who: 'daughter', principal: 'mother', what: 'spend', day: '2026-07-01', ...more })
    ?.id;

describe('somebody acts for another', () => {
  it('by the consent of that one, from its first day until the day before its end', () => {
    const on = (day: string) => may([given], { day });
    expect(['2026-06-14', '2026-06-15', '2027-06-14', '2027-06-15'].map(on)).toEqual([
      undefined,
      '1',
      '1',
      undefined,
    ]);
  });

  it('to look only, where it was given to look', () => {
    const looking = { ...given, may: 'view' as const };
    expect(may([looking])).toBeUndefined();
    expect(may([looking], { what: 'view' })).toBe('1');
    expect(may([given], { what: 'view' })).toBe('1');
  });

  it('no more once it was ended, in whatever order they lie', () => {
    const ended = { ...given, id: '0', endedAt: 1 };
    expect(may([ended])).toBeUndefined();
    expect(may([ended, given])).toBe('1');
  });

  it('never through a third, while two may act for each other', () => {
    const back = { ...given, id: '2', principal: 'daughter', proxy: 'mother' };
    const on = { ...given, id: '3', principal: 'daughter', proxy: 'son' };
    expect(may([given, back], { who: 'mother', principal: 'daughter' })).toBe('2');
    expect(may([given, back, on], { who: 'son' })).toBeUndefined();
  });

  it('never without one that is theirs, holds on the day, was not ended, and goes so far', () => {
    fc.assert(
      fc.property(fc.array(consent, { maxLength: 12 }), asked, (consents, ask) => {
        const found = mayActFor(consents, ask);
        const fits = consents.filter(
          (c) =>
            c.proxy === ask.who &&
            c.principal === ask.principal &&
            c.proxy !== c.principal &&
            c.endedAt === null &&
            c.since <= ask.day &&
            ask.day < c.until &&
            (c.may === 'spend' || ask.what === 'view'),
        );
        expect(found).toBe(fits[0]);
        // Ending them all leaves nobody.
        expect(
          mayActFor(
            consents.map((c) => ({ ...c, endedAt: 0 })),
            ask,
          ),
        ).toBeUndefined();
      }),
    );
  });
});

describe('the end of a consent', () => {
  it('is a year from now if nothing is said, and never more than three', () => {
    expect(endOfConsent('2026-06-15')).toBe('2027-06-15');
    expect(endOfConsent('2026-06-15', '2029-06-15')).toBe('2029-06-15');
    expect(endOfConsent('2026-06-15', '2029-06-16')).toBeUndefined();
    expect(endOfConsent('2026-06-15', '2026-06-15')).toBeUndefined();
    expect(endOfConsent('2026-06-15', '2026-06-16')).toBe('2026-06-16');
    expect(endOfConsent('2028-02-29')).toBe('2029-02-28');
  });
});
