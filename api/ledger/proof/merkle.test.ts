/** The tree of RFC 6962: roots of the test vectors that Certificate Transparency publishes, and proofs of inclusion. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inclusionProof, isIncluded, MerkleTree, rootOf } from './merkle.ts';

const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS: Readonly<Record<number, string>> = {
  0: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  1: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  4: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
};

it.each(Object.entries(ROOTS))('of %s leaves has the published root', (size, root) => {
  const tree = new MerkleTree();
  for (const leaf of LEAVES.slice(0, Number(size))) tree.add(Buffer.from(leaf, 'hex'));
  expect(tree.root()).toBe(root);
});

it('proves that a leaf is in it, and nothing else in its place', () => {
  const leaf = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(fc.array(leaf, { minLength: 1, maxLength: 40 }), fc.nat(), leaf, (leaves, pick, other) => {
      const index = pick % leaves.length;
      const data = leaves[index] ?? other;
      const about = {
        index,
        size: leaves.length,
        proof: inclusionProof(leaves, index),
        root: rootOf(leaves).toString('hex'),
      };
      expect(isIncluded({ ...about, data })).toBe(true);
      if (!Buffer.from(other).equals(Buffer.from(data)))
        expect(isIncluded({ ...about, data: other })).toBe(false);
      expect(isIncluded({ ...about, data, index: leaves.length })).toBe(false);
    }),
  );
});
