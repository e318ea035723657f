/** Ids of a book are its number × 2^40 + the place in the book: people call a transaction by its place. */
const bookSpan = 1n << 40n;

/** `№ 2608` of the transaction with this id. */
export function transactionNumber(id: string): string {
  return `№ ${BigInt(id) % bookSpan}`;
}

/** The id of a book's transaction with this number, which is a whole one above zero. */
export function transactionId(book: number, number: string): string {
  return String(BigInt(book) * bookSpan + BigInt(number));
}
