import { m } from '$lib/paraglide/messages.js';

/** The API's closed lists, in the order in which pages offer them. */
export const kinds = [
  'expiry-30',
  'expiry-7',
  'award-released',
  'offset-posted',
  'code-used',
  'inquiry-answered',
] as const;
export type Kind = (typeof kinds)[number];
export const ways = ['message', 'app', 'off'] as const;
export type Way = (typeof ways)[number];
export const channels = ['sms', 'wechat', 'desk'] as const;
export type Channel = (typeof channels)[number];

const kindNames: Record<Kind, () => string> = {
  'expiry-30': m.notices_kind_expiry_30,
  'expiry-7': m.notices_kind_expiry_7,
  'award-released': m.notices_kind_award_released,
  'offset-posted': m.notices_kind_offset_posted,
  'code-used': m.notices_kind_code_used,
  'inquiry-answered': m.notices_kind_inquiry_answered,
};
export const kindName = (kind: Kind): string => kindNames[kind]();

const wayNames: Record<Way, () => string> = {
  off: m.notices_way_off,
  app: m.notices_way_app,
  message: m.notices_way_message,
};
export const wayName = (way: Way): string => wayNames[way]();

const channelNames: Record<Channel, () => string> = {
  sms: m.notices_channel_sms,
  wechat: m.notices_channel_wechat,
  desk: m.notices_channel_desk,
};
export const channelName = (channel: Channel): string => channelNames[channel]();

export const outboxStates = ['waiting', 'told', 'sent', 'queued'] as const;
export type OutboxState = (typeof outboxStates)[number];
const outboxNames: Record<OutboxState, () => string> = {
  waiting: m.outbox_waiting,
  told: m.outbox_told,
  sent: m.outbox_sent,
  queued: m.outbox_queued,
};
export const outboxName = (state: OutboxState): string => outboxNames[state]();

/** As the bell shows it: a bell with three figures is wider than a thumb. */
export function unreadText(unread: number): string {
  return unread > 99 ? m.notices_more_than() : String(unread);
}
