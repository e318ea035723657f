import { describe, expect, it } from 'vitest';
import { ratingRefusal, type RatingRequest } from './rating.ts';

const request: RatingRequest = {
  rater: 'neighbour',
  behindRater: ['neighbour'],
  volunteer: 'volunteer',
  recordedBy: 'staff',
  behindRecord: ['staff'],
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
    ['own-service', { rater: 'volunteer', behindRater: ['volunteer'] }],
    ['own-service', { behindRater: ['neighbour', 'volunteer'] }],
    ['relatives-service', { rater: 'son', behindRater: ['son'] }],
    ['relatives-service', { behindRater: ['neighbour', 'wife'] }],
    ['own-record', { rater: 'staff', behindRater: ['staff'] }],
    ['not-two-people', { behindRater: ['neighbour', 'staff'] }],
    ['not-two-people', { behindRecord: ['staff', 'neighbour'] }],
    ['not-two-people', { behindRater: ['neighbour', 'boss'], behindRecord: ['staff', 'boss'] }],
    ['already-rated', { rated: true }],
    ['not-over-yet', { at: 999 }],
  ])('is refused as %s', (code, changes) => {
    const refusal = ratingRefusal({ ...request, ...changes });
    expect(refusal?.code).toBe(code);
    expect(refusal?.zh).toMatch(/\p{Script=Han}/u);
    expect(refusal?.en).toMatch(/[a-z]/);
  });

  it('tells the one who served no more than that it is their own, whoever recorded it', () => {
    const own = { rater: 'volunteer', behindRater: ['volunteer'] };
    expect(ratingRefusal({ ...request, ...own, recordedBy: 'volunteer', rated: true })?.code).toBe(
      'own-service',
    );
  });
});
