import { api } from '$lib/api.ts';
import { newKey } from '$lib/idempotency.ts';
import type { Break } from './break.ts';

type Query = Record<string, string>;
type Lists = ReturnType<typeof api>['v1']['estates'][':estate']['breaks'];

/** As many as the API takes up in one call. */
const AT_ONCE = '50';

/** Takes up the proposals of every break that a filter finds: looked at first, then, once that was agreed to, done. */
export class AcceptingAll {
  busy = $state(false);
  done = $state(0);
  /** How many were left. */
  left = $state(0);
  /** It broke off; what was done stays done. */
  lost = $state(false);
  finished = $state(false);
  /** It is known what can be taken up. */
  looked = $state(false);
  /** What can be taken up, as it was found. */
  found = $state.raw<readonly Break[]>([]);

  look(of: { estate: string; query: Query }): Promise<void> {
    this.looked = false;
    return this.#working(async (breaks) => {
      const found: Break[] = [];
      let cursor: string | undefined;
      do {
        const page = { ...of.query, limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) };
        const listed = await breaks.$get({ param: { estate: of.estate }, query: page });
        if (!listed.ok) throw new Error(`${listed.status}`);
        const { items, next } = await listed.json();
        const can = items.filter(({ accepts }) => accepts !== undefined);
        found.push(...can);
        this.left += items.length - can.length;
        cursor = next;
      } while (cursor !== undefined);
      this.found = found;
      this.looked = true;
    });
  }

  run({ estate, comment }: { estate: string; comment: string }): Promise<void> {
    const { left } = this;
    return this.#working(async (breaks) => {
      this.left = left;
      const ids = this.found.map(({ id }) => id);
      for (let at = 0; at < ids.length; at += Number(AT_ONCE)) {
        const answer = await breaks.accept.$post(
          { param: { estate }, json: { breaks: ids.slice(at, at + Number(AT_ONCE)), comment } },
          { headers: { 'Idempotency-Key': newKey() } },
        );
        if (!answer.ok) throw new Error(`${answer.status}`);
        const { accepted, results } = await answer.json();
        this.done += accepted;
        this.left += results.length - accepted;
      }
      this.finished = true;
    });
  }

  async #working(work: (breaks: Lists) => Promise<void>): Promise<void> {
    if (this.busy) return;
    Object.assign(this, { busy: true, done: 0, left: 0, lost: false, finished: false });
    try {
      await work(api(fetch).v1.estates[':estate'].breaks);
    } catch {
      this.lost = true;
    } finally {
      this.busy = false;
    }
  }
}
