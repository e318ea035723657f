/** Short words at the edge of the page after something worked; a failure stays where it happened, as a Notice. */
export type Toast = { id: number; text: string };

const shownMs = 6000;
let last = 0;

export const toasts: Toast[] = $state([]);

export function dismiss(id: number): void {
  const at = toasts.findIndex((toast) => toast.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

export function toast(text: string): void {
  const id = ++last;
  toasts.push({ id, text });
  setTimeout(() => dismiss(id), shownMs);
}
