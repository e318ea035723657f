/** The canonical bytes of any JSON value (RFC 8785): what is hashed as a whole and has no fixed order of its own. */
import { sha256 } from './canonical.ts';

/** Names in the order of their UTF-16 units; numbers and texts as ECMAScript writes them, as the RFC asks. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

export function hashCanonicalJson(value: unknown): string {
  return sha256(canonicalJson(value));
}
