import type { SubmitFunction } from '@sveltejs/kit';
import { applyAction } from '$app/forms';

/**
 * One form being sent: a second press does nothing, and a connection that broke leaves the form as it is, key and all,
 * so that the next press asks for the same thing once more.
 */
export class Submitting {
  busy = $state(false);
  /** Sent, and no answer came. */
  lost = $state(false);

  readonly send: SubmitFunction = ({ cancel }) => {
    if (this.busy) return cancel();
    this.busy = true;
    this.lost = false;
    return async ({ result, update }) => {
      try {
        if (result.type === 'error' && (result.status === undefined || result.status >= 500))
          this.lost = true;
        else if (result.type === 'error') await applyAction(result);
        else await update({ reset: false });
      } finally {
        this.busy = false;
      }
    };
  };
}
