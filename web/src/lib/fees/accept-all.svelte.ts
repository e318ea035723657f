import { api } from '$lib/api.ts';
import { newKey } from '$lib/idempotency.ts';

type Query = Record<string, string>;
type Lists = ReturnType<typeof api>['v1']['estates'][':estate']['breaks'];

/** As many as the API takes up in one call. */
const AT_ONCE = '50';

/** Takes up the proposal of every break that a filter finds, a page at a time; what takes two people stays. */
export class AcceptingAll {
  busy = $state(false);
  done = $state(0);
  /** How many were left, and why. */
  left = $state(0);
  /** It broke off; what was done stays done. */
  lost = $state(false);
  finished = $state(false);

  async run(of: { estate: string; query: Query; comment: string }): Promise<void> {
    if (this.busy) return;
    Object.assign(this, { busy: true, done: 0, left: 0, lost: false, finished: false });
    const { breaks } = api(fetch).v1.estates[':estate'];
    try {
      let cursor: string | undefined;
      do cursor = await this.#page(breaks, of, cursor);
      while (cursor !== undefined);
      this.finished = true;
    } catch {
      this.lost = true;
    } finally {
      this.busy = false;
    }
  }

  async #page(
    breaks: Lists,
    { estate, query, comment }: { estate: string; query: Query; comment: string },
    cursor: string | undefined,
  ): Promise<string | undefined> {
    const param = { estate };
    const page = { ...query, limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) };
    const listed = await breaks.$get({ param, query: page });
    if (!listed.ok) throw new Error(`${listed.status}`);
    const { items, next } = await listed.json();
    const ids = items.filter((each) => each.accepts !== undefined).map(({ id }) => id);
    this.left += items.length - ids.length;
    if (ids.length > 0) {
      const answer = await breaks.accept.$post(
        { param, json: { breaks: ids, comment } },
        { headers: { 'Idempotency-Key': newKey() } },
      );
      if (!answer.ok) throw new Error(`${answer.status}`);
      const { accepted, results } = await answer.json();
      this.done += accepted;
      this.left += results.length - accepted;
    }
    return next;
  }
}
