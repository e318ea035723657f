import { named, type RouteExample } from '../../platform/index.ts';
import { difference } from '../reconcile.examples.ts';

const evidence = { break: named.evidencedBreak, attachment: named.attachment };

export const attach: RouteExample = {
  params: { break: named.askedBreak },
  query: { fileName: '更正单 2026-118.pdf' },
  file: '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n',
  answer: difference,
};

export const open: RouteExample = { params: evidence };

export const withdraw: RouteExample = {
  params: evidence,
  body: { reason: '传错了，是另一户的' },
  answer: difference,
};
