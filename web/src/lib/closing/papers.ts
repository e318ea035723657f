import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';

type Client = ReturnType<typeof api>['v1'];

export type Statement = InferResponseType<Client['places'][':place']['preliminary-statement']['$get'], 200>;
export type Voucher = InferResponseType<Client['places'][':place']['preliminary-voucher']['$get'], 200>;
export type Checklist = InferResponseType<Client['places'][':place']['closing-checklist']['$get'], 200>;
