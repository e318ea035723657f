import { named, type RouteExample } from '../platform/index.ts';

const params = { estate: named.estate };

export const billFile: RouteExample = { params, query: { format: 'csv', period: '2026-06' } };
export const offsetFile: RouteExample = { params, query: { format: 'csv', state: 'posted' } };
