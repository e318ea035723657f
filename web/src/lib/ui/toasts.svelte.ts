/**
 * Short words at the edge of the page after something worked, or when no answer came to a form; a refusal stays where it
 * happened, as a Notice.
 */
export type Toast = { id: number; text: string; icon: 'check' | 'clock' };

const shownMs = 6000;
let last = 0;

export const toasts: Toast[] = $state([]);

export function dismiss(id: number): void {
  const at = toasts.findIndex((toast) => toast.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

export function toast(text: string): void {
  const id = show(text, 'check');
  setTimeout(() => dismiss(id), shownMs);
}

/** Stays until somebody has read and closed it, or until the form is sent again. */
export function keepToast(text: string): number {
  return show(text, 'clock');
}

function show(text: string, icon: Toast['icon']): number {
  const id = ++last;
  toasts.push({ id, text, icon });
  return id;
}
