import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';

/** The firm whose voucher is asked for; what is no id asks for the first. */
export function firmIn(url: URL): { firm?: string } {
  const firm = url.searchParams.get('firm') ?? '';
  return /^[0-9a-f-]{36}$/.test(firm) ? { firm } : {};
}

type Client = ReturnType<typeof api>['v1'];

export type Statement = InferResponseType<Client['places'][':place']['preliminary-statement']['$get'], 200>;
export type Voucher = InferResponseType<Client['places'][':place']['preliminary-voucher']['$get'], 200>;
export type Checklist = InferResponseType<Client['places'][':place']['closing-checklist']['$get'], 200>;
