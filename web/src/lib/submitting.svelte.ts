import type { SubmitFunction } from '@sveltejs/kit';
import { applyAction } from '$app/forms';
import { m } from '$lib/paraglide/messages.js';
import { dismiss, keepToast } from '$lib/ui/toasts.svelte.ts';

/**
 * One form being sent: a second press does nothing, and a connection that broke leaves the form as it is, key and all,
 * so that the next press asks for the same thing once more. That no answer came is said at the edge of the page, unless
 * the form has words of its own for it.
 */
export class Submitting {
  busy = $state(false);
  /** Sent, and no answer came. */
  lost = $state(false);
  readonly #hasOwnWords: boolean;
  #said: number | undefined;

  constructor({ hasOwnWords = false }: { hasOwnWords?: boolean } = {}) {
    this.#hasOwnWords = hasOwnWords;
  }

  readonly send: SubmitFunction = ({ cancel }) => {
    if (this.busy) return cancel();
    this.busy = true;
    this.lost = false;
    if (this.#said !== undefined) dismiss(this.#said);
    return async ({ result, update }) => {
      try {
        if (result.type === 'error' && (result.status === undefined || result.status >= 500)) this.#lose();
        else if (result.type === 'error') await applyAction(result);
        else await update({ reset: false });
      } finally {
        this.busy = false;
      }
    };
  };

  /** What leads to another page is sent as a browser without scripts would send it. */
  readonly sendHere: SubmitFunction = (sent) => {
    if (sent.action.pathname === location.pathname) return this.send(sent);
    sent.cancel();
    if (this.busy) return;
    this.busy = true;
    sent.formElement.action = sent.action.href;
    sent.formElement.submit();
  };

  #lose() {
    this.lost = true;
    if (!this.#hasOwnWords) this.#said = keepToast(m.error_lost());
  }
}
