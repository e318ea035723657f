/** The workspace of breaks by keyboard alone. Pure of any state: what has the focus is where one is. */
export type BreakKey =
  | 'next'
  | 'previous'
  | 'accept'
  | 'resolve'
  | 'comment'
  | 'owner'
  | 'pick'
  | 'bulk'
  | 'undo'
  | 'find'
  | 'help';

const keys: Readonly<Record<string, BreakKey>> = {
  ...{ j: 'next', k: 'previous', a: 'accept', r: 'resolve', c: 'comment', o: 'owner' },
  ...{ x: 'pick', b: 'bulk', u: 'undo', '/': 'find', '?': 'help' },
};

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'defaultPrevented'
>;

/** What a key means outside fields; undefined for what is the browser's, a field's or a dialog's. */
export function breakKeyOf(pressed: Pressed, isTyping: boolean): BreakKey | undefined {
  const { key, ctrlKey, metaKey, altKey, isComposing, defaultPrevented } = pressed;
  if (isTyping || ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return undefined;
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}

/** Whether what is typed there is text, or a choice that letters make. */
export function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="dialog"]') !== null) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'submit', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const cardsIn = (root: ParentNode) => [...root.querySelectorAll<HTMLElement>('article[data-break]')];

/** The card in which the focus is. */
export function currentCard(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('article[data-break]') ?? null;
}

/** The next card or the one before; the first where none has the focus. */
export function step(by: 1 | -1, at: number): number {
  const cards = cardsIn(document);
  const here = currentCard();
  const from = here ? cards.indexOf(here) : at - by;
  const to = Math.min(Math.max(from + by, 0), cards.length - 1);
  cards[to]?.focus();
  return Math.max(to, 0);
}

/** Opens what is folded around a control and puts the focus on it. */
export function reach(card: ParentNode | null, part: string, control: string): boolean {
  const found = card?.querySelector<HTMLElement>(`[data-part="${part}"]`);
  const fold = found?.closest('details');
  if (fold) fold.open = true;
  const wanted = found?.matches(control) ? found : found?.querySelector<HTMLElement>(control);
  wanted?.focus();
  return wanted !== undefined && wanted !== null;
}

const LETTERS = 'linli.break-letters';

/** Where nothing can be kept they are on. */
export function areLettersOn(): boolean {
  try {
    return localStorage.getItem(LETTERS) !== 'off';
  } catch {
    return true;
  }
}

export function keepLetters(on: boolean): void {
  try {
    localStorage.setItem(LETTERS, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
