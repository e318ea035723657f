import { formatPoints } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';

export type Figures = Readonly<
  Record<
    | 'opening'
    | 'issued'
    | 'takenBack'
    | 'redeemed'
    | 'refunded'
    | 'expired'
    | 'moved'
    | 'closing'
    | 'takenBackOfEarlier'
    | 'refundedOfEarlier'
    | 'takenBackLater'
    | 'refundedLater',
    string
  >
>;

/** From the beginning of a month to its end, a line a cause; a cause that did not happen is left out, but for the main three. */
export function linesOf(
  figures: Figures,
  isRunning: boolean,
): { key: string; name: string; amount: string }[] {
  const less = (amount: string) => String(-BigInt(amount));
  const lines = [
    { key: 'opening', name: m.board_opening(), amount: figures.opening, always: true },
    { key: 'issued', name: m.board_issued(), amount: figures.issued, always: true },
    { key: 'takenBack', name: m.board_taken_back(), amount: less(figures.takenBack) },
    { key: 'redeemed', name: m.board_redeemed(), amount: less(figures.redeemed), always: true },
    { key: 'refunded', name: m.board_refunded(), amount: figures.refunded },
    { key: 'expired', name: m.board_expired(), amount: less(figures.expired), always: true },
    { key: 'moved', name: m.board_moved(), amount: figures.moved },
  ];
  const closing = isRunning ? m.board_closing_running() : m.board_closing();
  return [
    ...lines.flatMap(({ always, ...line }) => (always || line.amount !== '0' ? line : [])),
    { key: 'closing', name: closing, amount: figures.closing },
  ];
}

/** What was put right in another month than the one it happened in, a sentence each. */
export function correctionsOf(figures: Figures): string[] {
  const said = [
    [figures.takenBackOfEarlier, m.board_of_earlier_taken],
    [figures.refundedOfEarlier, m.board_of_earlier_refunded],
    [figures.takenBackLater, m.board_later_taken],
    [figures.refundedLater, m.board_later_refunded],
  ] as const;
  return said.flatMap(([points, words]) => (points === '0' ? [] : words({ points: formatPoints(points) })));
}
