import { describe, expect, it } from 'vitest';
import { ratingRefusal, type RatingRequest } from './rating.ts';

const request: RatingRequest = {
  rater: 'neighbour',
  volunteer: 'volunteer',
  recordedBy: 'staff',
  relatives: ['wife', 'son'],
  endsAt: 1_000,
  rated: false,
  at: 5_000,
};

describe('rating a service', () => {
  it('is open to a second person once the service is over', () => {
    expect(ratingRefusal(request)).toBeUndefined();
    expect(ratingRefusal({ ...request, at: 1_000 })).toBeUndefined();
  });

  it.each<[string, Partial<RatingRequest>]>([
    ['own-service', { rater: 'volunteer' }],
    ['relatives-service', { rater: 'son' }],
    ['own-record', { rater: 'staff' }],
    ['already-rated', { rated: true }],
    ['not-over-yet', { at: 999 }],
  ])('is refused as %s', (code, changes) => {
    const refusal = ratingRefusal({ ...request, ...changes });
    expect(refusal?.code).toBe(code);
    expect(refusal?.zh).toMatch(/\p{Script=Han}/u);
    expect(refusal?.en).toMatch(/[a-z]/);
  });

  it('tells the one who served no more than that it is their own, whoever recorded it', () => {
    expect(
      ratingRefusal({ ...request, rater: 'volunteer', recordedBy: 'volunteer', rated: true })?.code,
    ).toBe('own-service');
  });
});
