import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';

type Estate = ReturnType<typeof api>['v1']['estates'][':estate'];

/** What the API says of a file, before and after it was taken in. */
export type ImportReport = InferResponseType<Estate['roster']['$post'], 200>;

/** Of a posted list: also how it compares with our offsets. */
export type PostedListReport = InferResponseType<Estate['posted-lists']['$post'], 200>;

/** A file on its way in, or what came of the last one. */
export type ImportRun = InferResponseType<Estate['import-runs']['$get'], 200>['items'][number];
