import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';

type Estate = ReturnType<typeof api>['v1']['estates'][':estate'];
export type Break = InferResponseType<Estate['breaks']['$get'], 200>['items'][number];
export type BreakSummary = InferResponseType<Estate['breaks']['summary']['$get'], 200>;
export type Owner = BreakSummary['owners'][number];
