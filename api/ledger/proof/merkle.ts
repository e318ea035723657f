/**
 * The Merkle tree of RFC 6962 §2.1 over the transactions of a book: leaf i is the hash of the transaction with seq
 * i + 1. The root is built as leaves come, with one node kept for each power of two.
 */
import { createHash } from 'node:crypto';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

export function leafHash(data: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(data).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** Takes leaves in order; `root` may be asked at any time. */
export class MerkleTree {
  /** Complete subtrees, the largest first: one for each bit that is set in the size. */
  readonly #peaks: { size: number; hash: Buffer }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(data: Uint8Array): void {
    let peak = { size: 1, hash: leafHash(data) };
    for (let last = this.#peaks.at(-1); last?.size === peak.size; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      peak = { size: peak.size * 2, hash: nodeHash(last.hash, peak.hash) };
    }
    this.#peaks.push(peak);
    this.#size++;
  }

  /** The root as 64 hex digits; that of an empty tree is the hash of nothing. */
  root(): string {
    const peaks = [...this.#peaks];
    let hash = peaks.pop()?.hash ?? createHash('sha256').digest();
    for (let left = peaks.pop(); left; left = peaks.pop()) hash = nodeHash(left.hash, hash);
    return hash.toString('hex');
  }
}

/** The sibling hashes that lead from leaf `index` to the root, nearest first (RFC 6962 §2.1.1). */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) throw new RangeError('no such leaf');
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - split), rootOf(left)];
}

export function rootOf(leaves: readonly Uint8Array[]): Buffer {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return Buffer.from(tree.root(), 'hex');
}

/** Whether `data` is leaf `index` of the tree of `size` leaves with that root (RFC 9162 §2.1.3.2). */
export function isIncluded(input: {
  data: Uint8Array;
  index: number;
  size: number;
  proof: readonly Uint8Array[];
  root: string;
}): boolean {
  const { index, size, proof } = input;
  if (index < 0 || index >= size) return false;
  let [node, last] = [index, size - 1];
  let hash = leafHash(input.data);
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.toString('hex') === input.root;
}

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
