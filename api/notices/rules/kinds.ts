/** What people are told of, how, and what they have chosen about it. */
export const CHOSEN_KINDS = [
  'expiry-30',
  'expiry-7',
  'award-released',
  'offset-posted',
  'code-used',
  'inquiry-answered',
] as const;
export type ChosenKind = (typeof CHOSEN_KINDS)[number];

export const KINDS = [
  ...CHOSEN_KINDS,
  'code-read',
  'helper-named',
  'helps-now',
  'helper-ended',
  'acted-for',
  'paid-along',
  'given-back',
  'order-ended',
  'offset-left',
  'offset-reversed',
  'asked-for',
  'merged',
] as const;
export type NoticeKind = (typeof KINDS)[number];

/** `app`: among the messages of the pages; `message`: there and by the chosen channel. */
export const WAYS = ['off', 'app', 'message'] as const;
export type Way = (typeof WAYS)[number];

/** `desk`: a slip at the community office, which needs no phone. */
export const CHANNELS = ['sms', 'wechat', 'desk'] as const;
export type Channel = (typeof CHANNELS)[number];

export type Settings = { channel: Channel; ways: Readonly<Record<ChosenKind, Way>> };

/** What ends is told to everybody; what a person has just done themselves only waits on their pages. */
export const DEFAULTS: Settings = {
  channel: 'sms',
  ways: {
    'expiry-30': 'message',
    'expiry-7': 'message',
    'award-released': 'app',
    'offset-posted': 'app',
    'code-used': 'app',
    'inquiry-answered': 'message',
  },
};

/** What somebody else does in one's name, or may do, is told whatever was chosen. */
const TOLD_ALWAYS = {
  'code-read': 'app',
  'helper-named': 'message',
  'helps-now': 'message',
  'helper-ended': 'message',
  'acted-for': 'message',
  'paid-along': 'message',
  'given-back': 'message',
  'order-ended': 'message',
  'offset-left': 'message',
  'offset-reversed': 'message',
  'asked-for': 'message',
  merged: 'message',
} as const satisfies Record<Exclude<NoticeKind, ChosenKind>, Way>;

export function wayFor({ ways }: Pick<Settings, 'ways'>, kind: NoticeKind): Way {
  return isChosen(kind) ? ways[kind] : TOLD_ALWAYS[kind];
}

function isChosen(kind: NoticeKind): kind is ChosenKind {
  return !Object.hasOwn(TOLD_ALWAYS, kind);
}

/** The channel that a message really takes; without a provider for it, or without a phone, the desk. */
export function channelFor(
  { channel }: Pick<Settings, 'channel'>,
  can: { provider: readonly string[]; hasPhone: boolean },
): Channel {
  if (channel === 'desk' || !can.provider.includes(channel)) return 'desk';
  return channel === 'sms' && !can.hasPhone ? 'desk' : channel;
}
