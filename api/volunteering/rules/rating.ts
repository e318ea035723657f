/**
 * Who may rate a service. Protects: a service is rated by a second person, never by who served, who recorded it or who
 * shares the volunteer's household, and only once it is over and its rating still open (trap 14).
 */
import type { Instant } from '../../programme/rules/index.ts';

export type RatingRequest = {
  rater: string;
  /** Who could have rated in the rater's name: the rater, and whoever chose their password. */
  behindRater: readonly string[];
  volunteer: string;
  recordedBy: string;
  behindRecord: readonly string[];
  /** The volunteer's relatives, as far as households tell: separation is by person, not by role. */
  relatives: readonly string[];
  endsAt: Instant;
  rated: boolean;
  at: Instant;
};

export type RatingRefusalCode =
  | 'own-service'
  | 'relatives-service'
  | 'own-record'
  | 'not-two-people'
  | 'already-rated'
  | 'not-over-yet';
export type RatingRefusal = { code: RatingRefusalCode; zh: string; en: string };

const words: Readonly<Record<RatingRefusalCode, { zh: string; en: string }>> = {
  'own-service': { zh: '不能评价自己的服务', en: 'You cannot rate your own service' },
  'relatives-service': { zh: '不能评价家人的服务', en: "You cannot rate a relative's service" },
  'own-record': {
    zh: '这次服务是您登记的，请另一位同事来评价',
    en: 'You recorded this service; a colleague must rate it',
  },
  'not-two-people': {
    zh: '您和登记人的密码有一个是另一个人（或同一个人）设的，不算两个人；请另一位同事来评价',
    en: 'One of you set the other’s password, or somebody set both; a colleague must rate it',
  },
  'already-rated': { zh: '这次服务已经评价过了', en: 'This service has been rated' },
  'not-over-yet': { zh: '服务还没有结束，结束后再评价', en: 'The service is not over; rate it afterwards' },
};

/** Why this person may not rate this service now; undefined when they may. */
export function ratingRefusal(request: RatingRequest): RatingRefusal | undefined {
  const code = refusalCode(request);
  return code && { code, ...words[code] };
}

function refusalCode(request: RatingRequest): RatingRefusalCode | undefined {
  const { rater, behindRater, at } = request;
  if (behindRater.includes(request.volunteer)) return 'own-service';
  if (request.relatives.some((relative) => behindRater.includes(relative))) return 'relatives-service';
  if (rater === request.recordedBy) return 'own-record';
  if (request.behindRecord.some((person) => behindRater.includes(person))) return 'not-two-people';
  if (request.rated) return 'already-rated';
  return at < request.endsAt ? 'not-over-yet' : undefined;
}
