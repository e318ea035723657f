/** What a partner can be told of. */
export const EVENT_TYPES = [
  'purchase.credited',
  'purchase.taken-back',
  'redemption.confirmed',
  'redemption.undone',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
