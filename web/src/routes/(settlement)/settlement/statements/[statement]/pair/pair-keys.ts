/** The rows of the two sides by keyboard, as the workspace of breaks has it; keys count only while a row has the focus. */
export type Side = 'theirs' | 'ours';
type PairKey = 'next' | 'previous' | 'pick' | 'other' | 'undo';

const keys: Readonly<Record<string, PairKey>> = {
  ...{ j: 'next', k: 'previous', ArrowDown: 'next', ArrowUp: 'previous', x: 'pick', s: 'other', u: 'undo' },
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>;

/** Undefined for what is the browser's: also the arrows in the rows of theirs, of which one is chosen. */
export function pairKeyOf(pressed: Pressed, side: Side): PairKey | undefined {
  const { key, ctrlKey, metaKey, altKey, isComposing } = pressed;
  if (ctrlKey || metaKey || altKey || isComposing || !Object.hasOwn(keys, key)) return undefined;
  return side === 'theirs' && key.startsWith('Arrow') ? undefined : keys[key];
}

/** The choices of a side, from above. */
export function rowsIn(root: ParentNode | null | undefined, side: Side): HTMLInputElement[] {
  const rows = root?.querySelectorAll<HTMLInputElement>(`input[name="${side}"]:not([type="hidden"])`);
  return [...(rows ?? [])];
}

/** What a key in one of the rows does. */
export function pairKey(event: KeyboardEvent, form: HTMLElement | undefined): void {
  const { target } = event;
  if (!(target instanceof HTMLInputElement) || form?.contains(target) !== true) return;
  const side = target.name === 'theirs' || target.name === 'ours' ? target.name : undefined;
  const key = side && pairKeyOf(event, side);
  if (side === undefined || key === undefined) return;
  event.preventDefault();
  const rows = rowsIn(form, side);
  const at = rows.indexOf(target);
  const others = () => rowsIn(form, side === 'theirs' ? 'ours' : 'theirs');
  const undo = () => document.querySelector<HTMLElement>('[data-part="undo-last"] button');
  if (key === 'next') rows[Math.min(at + 1, rows.length - 1)]?.focus();
  else if (key === 'previous') rows[Math.max(at - 1, 0)]?.focus();
  else if (key === 'pick') target.click();
  else if (key === 'other') (others().find((row) => row.checked) ?? others()[0])?.focus();
  else undo()?.click();
}
