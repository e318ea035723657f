/**
 * What of a break can be taken back. Pure.
 *
 * Protects: what moved points, or was booked by two, is corrected by a new posting and never undone; nobody undoes what a
 * colleague or a later list did; and what stood over night stays.
 */
import { REVERSAL, type Resolution, type Reversal } from './resolutions.ts';

export type Undoable = {
  state: 'open' | 'resolved';
  /** What was asked for, and by whom. */
  asked: { by: string; resolution?: Resolution | Reversal; declined?: object } | null;
  carriedTo: string | null;
  /** Who carried it on, and when. */
  carried: { by: string; day: string } | null;
  resolution: Resolution | 'later-list' | 'replaced' | null;
  resolvedBy: string | null;
  /** Null where it was not kept. */
  resolvedOn: string | null;
  transaction: number | null;
};

export type Undo = 'asked' | 'carried' | 'resolved';
export const NO_UNDO = ['nothing', 'moved-points', 'somebody-else', 'another-day', 'by-list'] as const;
export type NoUndo = (typeof NO_UNDO)[number];

export function undoOf(of: Undoable, { by, today }: { by: string; today: string }): Undo | NoUndo {
  if (of.state === 'resolved') {
    // One that was declined waits for nobody's signature: whoever works on it may drop it, also when who asked has left.
    if (of.asked?.resolution === REVERSAL && (of.asked.by === by || of.asked.declined)) return 'asked';
    if (of.resolution === 'later-list' || of.resolution === 'replaced') return 'by-list';
    // That the firm corrects moves nothing, also where a write-off was taken back before.
    if (of.transaction !== null && of.resolution !== 'firm-corrects') return 'moved-points';
    if (of.resolvedBy !== by) return 'somebody-else';
    return of.resolvedOn === today ? 'resolved' : 'another-day';
  }
  if (of.asked?.by === by) return 'asked';
  if (of.carriedTo !== null && of.carried !== null) {
    if (of.carried.by !== by) return 'somebody-else';
    return of.carried.day === today ? 'carried' : 'another-day';
  }
  return of.asked === null ? 'nothing' : 'somebody-else';
}

export function isUndo(found: Undo | NoUndo): found is Undo {
  return found === 'asked' || found === 'carried' || found === 'resolved';
}
