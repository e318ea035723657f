/** Whether what was scanned or typed is the pick-up code of an order: its link, or ten digits where a member's has twelve. */
export function isPickUp(scan: string): boolean {
  const plain = scan.normalize('NFKC').trim();
  return /^https?:\/\/[^/]+\/p\//.test(plain) || /^\d{10}$/.test(plain.replace(/[\s-]/g, ''));
}
