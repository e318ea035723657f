/** What happens in the demo's six months, as data in the order of time; replay.ts does it through the use cases. */
import type { ServiceInput } from '../volunteering/index.ts';
import type { Grade, Instant, Month } from '../programme/index.ts';
import type { Who } from './crew.ts';

/** `ref` names a thing that a later event speaks of. */
export type DemoEvent = { at: Instant } & (
  | { do: 'service'; ref: string; by: Who; service: Omit<ServiceInput, 'place'> }
  | { do: 'rating'; of: string; by: Who; grade: Grade }
  | { do: 'purchase'; ref: string; shop: number; member: string; amountFen: number }
  | { do: 'take-back'; of: string; reason: string }
  | {
      do: 'redemption';
      ref: string;
      shop: number;
      member: string;
      unit: string;
      points: number;
      goods: string;
    }
  | { do: 'undo'; of: string; reason: string }
  /** The points shop opens its shelves; `wanted`: goods by their place on them. */
  | { do: 'stock' }
  | { do: 'order'; ref: string; member: string; wanted: readonly number[] }
  | { do: 'pick-up'; of: string }
  /** The firm's sheet: what was paid of the month's bills, and the next month's bills. */
  | { do: 'bills'; month: Month; paid: boolean }
  /** Without `wantedFen`: all that the rule offers. */
  | { do: 'offset'; member: string; house: string; month: Month; wantedFen?: number }
  | { do: 'export' }
  | { do: 'posted-list'; month: Month; oneFenOff: boolean }
  | { do: 'accept-breaks'; comment: string }
  /** Who owes whom for the month before is settled. */
  | { do: 'settle'; month: Month }
  /** A line issued anew with another amount; 0: cancelled. */
  | { do: 'reissue'; month: Month; lines: readonly { house: string; amountFen: number }[] }
);

export type FeeEvent = Extract<
  DemoEvent,
  { do: 'bills' | 'offset' | 'export' | 'posted-list' | 'accept-breaks' | 'reissue' }
>;

/** Earliest first; what falls on one instant stays in the order in which it was planned. */
export function inOrder(events: readonly DemoEvent[]): DemoEvent[] {
  return events
    .map((event, index) => ({ event, index }))
    .sort((a, b) => a.event.at - b.event.at || a.index - b.index)
    .map(({ event }) => event);
}

const MINUTE_MS = 60_000;

/** So many minutes after midnight of a day: `clockTime(startOfDay(day), 19, 30)`. */
export function clockTime(midnight: Instant, hours: number, minutes = 0): Instant {
  return midnight + (hours * 60 + minutes) * MINUTE_MS;
}
