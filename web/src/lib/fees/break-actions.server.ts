import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { resolutions } from './words.ts';

/** What one of a break's forms came to, wherever the break is shown. `of` is the break; '' for several at once. */
export type Done = {
  what: 'resolve' | 'say' | 'own' | 'undo' | 'accept' | 'reverse' | 'decline' | 'attach' | 'withdraw';
  of: string;
  key: string;
  comment: string;
  resolution: (typeof resolutions)[number] | null;
  /** Null where it was refused. */
  done:
    | 'open'
    | 'chosen'
    | 'resolved'
    | 'carried'
    | 'said'
    | 'owned'
    | 'undone'
    | 'accepted'
    | 'reversal-asked'
    | 'reversed'
    | 'declined'
    | 'attached'
    | 'withdrawn'
    | null;
  /** Of a file that was to be withdrawn; '' otherwise. */
  attachment: string;
  /** Which row of the list was named; '' where none was. */
  row: string;
  /** Whether it can be undone at once. */
  canUndo: boolean;
  accepted: { count: number; left: number; why: string } | null;
  error: string | null;
  problem: Problem | null;
};

type Sent = Pick<Done, 'what' | 'of' | 'key' | 'comment' | 'resolution' | 'attachment' | 'row'>;
const blank = { done: null, canUndo: false, accepted: null, error: null, problem: null } as const;
/** What takes two people. */
const declinable = [
  'accept',
  'release',
  'reverse',
  'write-off',
  'reverse-write-off',
  'firm-corrects',
] as const;
const isUndo = (undo: string) => undo === 'asked' || undo === 'carried' || undo === 'resolved';

const sentBy = (form: FormData, what: Sent['what']): Sent => ({
  what,
  of: textOf(form, 'break'),
  key: textOf(form, 'key'),
  comment: textOf(form, 'comment'),
  attachment: textOf(form, 'attachment'),
  row: textOf(form, 'row'),
  resolution: resolutions.find((word) => word === textOf(form, 'resolution')) ?? null,
});
const keyed = ({ key }: Sent) => ({ headers: { 'Idempotency-Key': key } });
const missing = (sent: Sent, error: string | null) => fail(422, { ...blank, ...sent, error } satisfies Done);

async function refused(sent: Sent, response: Response, { locals }: RequestEvent) {
  const problem = await readProblem(response, locals.locale, {
    title: m.error_busy_title(),
    advice: m.error_busy_advice(),
  });
  const error = problem.fields['comment'] ?? problem.fields['reason'] ?? problem.fields['file'] ?? null;
  const key = keyAfter(sent.key, problem);
  return fail(response.status, { ...blank, ...sent, key, error, problem } satisfies Done);
}

const went = (sent: Sent, more: Pick<Done, 'done'> & Partial<Done>): Done => ({
  ...blank,
  ...{ ...sent, key: newKey(), ...more },
});

async function resolve(event: RequestEvent) {
  const sent = sentBy(await event.request.formData(), 'resolve');
  const { comment, resolution, row } = sent;
  if (comment === '') return missing(sent, m.fees_comment_missing());
  if (resolution === null) return missing(sent, null);
  const of = api(event.fetch).v1.breaks[':break'];
  const response = await of.resolution.$post(
    { param: { break: sent.of }, json: { resolution, comment, ...(row !== '' && { row }) } },
    keyed(sent),
  );
  if (!response.ok) return refused(sent, response, event);
  const { state, undo, asked } = await response.json();
  // A row was named that differs: nobody is waited for, and what it differs by is to be resolved now.
  if (state === 'open' && row !== '' && asked === undefined)
    return went({ ...sent, comment: '', resolution: null, row: '' }, { done: 'chosen' });
  return went(sent, { done: resolution === 'carry' ? 'carried' : state, canUndo: isUndo(undo) });
}

async function say(event: RequestEvent) {
  const form = await event.request.formData();
  const sent = sentBy(form, 'say');
  if (sent.comment === '') return missing(sent, m.fees_comment_missing());
  const kind = textOf(form, 'kind') === 'evidence' ? ('evidence' as const) : ('comment' as const);
  const response = await api(event.fetch).v1.breaks[':break'].events.$post(
    { param: { break: sent.of }, json: { kind, comment: sent.comment } },
    keyed(sent),
  );
  return response.ok ? went(sent, { done: 'said' }) : refused(sent, response, event);
}

async function own(event: RequestEvent) {
  const form = await event.request.formData();
  const sent = sentBy(form, 'own');
  const response = await api(event.fetch).v1.breaks[':break'].owner.$post(
    { param: { break: sent.of }, json: { colleague: textOf(form, 'colleague') || null } },
    keyed(sent),
  );
  return response.ok ? went(sent, { done: 'owned' }) : refused(sent, response, event);
}

async function undo(event: RequestEvent) {
  const sent = sentBy(await event.request.formData(), 'undo');
  const response = await api(event.fetch).v1.breaks[':break'].undo.$post(
    { param: { break: sent.of } },
    keyed(sent),
  );
  return response.ok ? went(sent, { done: 'undone' }) : refused(sent, response, event);
}

async function reverse(event: RequestEvent) {
  const sent = sentBy(await event.request.formData(), 'reverse');
  if (sent.comment === '') return missing(sent, m.fees_comment_missing());
  const response = await api(event.fetch).v1.breaks[':break']['write-off-reversal'].$post(
    { param: { break: sent.of }, json: { comment: sent.comment } },
    keyed(sent),
  );
  if (!response.ok) return refused(sent, response, event);
  const { state } = await response.json();
  return went(sent, { done: state === 'open' ? 'reversed' : 'reversal-asked' });
}

async function decline(event: RequestEvent) {
  const form = await event.request.formData();
  const sent = sentBy(form, 'decline');
  const [what, at] = [textOf(form, 'declines'), textOf(form, 'at')];
  const resolution = declinable.find((word) => word === what);
  if (sent.comment === '' || resolution === undefined) return missing(sent, m.fees_comment_missing());
  const response = await api(event.fetch).v1.breaks[':break'].refusal.$post(
    {
      param: { break: sent.of },
      json: { resolution, comment: sent.comment, ...(at !== '' && { at }) },
    },
    keyed(sent),
  );
  return response.ok ? went(sent, { done: 'declined' }) : refused(sent, response, event);
}

/** The file goes on to the API as it came, which knows what it is by its bytes. */
async function attach(event: RequestEvent) {
  // What is far too large is not read at all: the break is named in the address as well.
  const form = await event.request.formData().catch(() => null);
  if (form === null) {
    const unread = new FormData();
    unread.set('break', event.url.searchParams.get('of') ?? '');
    unread.set('key', newKey());
    return missing(sentBy(unread, 'attach'), m.ui_file_too_large({ size: '5 MB' }));
  }
  const sent = sentBy(form, 'attach');
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return missing(sent, m.breaks_evidence_none());
  const query = new URLSearchParams({ fileName: file.name });
  const response = await event.fetch(`/api/v1/breaks/${encodeURIComponent(sent.of)}/attachments?${query}`, {
    method: 'POST',
    headers: { ...keyed(sent).headers, 'content-type': 'application/octet-stream' },
    body: await file.arrayBuffer(),
  });
  return response.ok ? went(sent, { done: 'attached' }) : refused(sent, response, event);
}

async function withdraw(event: RequestEvent) {
  const sent = sentBy(await event.request.formData(), 'withdraw');
  const { of, attachment, comment: reason } = sent;
  if (reason === '') return missing(sent, m.fees_comment_missing());
  const its = api(event.fetch).v1.breaks[':break'].attachments[':attachment'];
  const response = await its.withdrawal.$post(
    { param: { break: of, attachment }, json: { reason } },
    keyed(sent),
  );
  return response.ok ? went(sent, { done: 'withdrawn' }) : refused(sent, response, event);
}

async function accept(event: RequestEvent) {
  const form = await event.request.formData();
  const sent = sentBy(form, 'accept');
  const breaks = form.getAll('pick').map(String);
  if (breaks.length === 0) return missing(sent, m.breaks_accept_none());
  if (sent.comment === '') return missing(sent, m.fees_comment_missing());
  const response = await api(event.fetch).v1.estates[':estate'].breaks.accept.$post(
    { param: { estate: textOf(form, 'estate') }, json: { breaks, comment: sent.comment } },
    keyed(sent),
  );
  if (!response.ok) return refused(sent, response, event);
  const { accepted, results } = await response.json();
  const left = results.flatMap(({ problem }) => (problem ? [problem] : []));
  const why = [...new Set(left.map((each) => (event.locals.locale === 'en' ? each.en : each.zh)))].join(
    m.setup_comma(),
  );
  return went(sent, { done: 'accepted', accepted: { count: accepted, left: left.length, why } });
}

/** The actions of every page that shows breaks. */
export const breakActions = { resolve, say, own, undo, accept, reverse, decline, attach, withdraw };
