/** The sum of amounts as the API writes them (`-2.00`), less those of the other side; nothing goes through a float. */
export function sumOfYuan(amounts: readonly string[], less: readonly string[] = []): string {
  const fen =
    amounts.reduce((sum, one) => sum + fenOf(one), 0n) - less.reduce((sum, one) => sum + fenOf(one), 0n);
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The API always writes two digits behind the point. */
function fenOf(yuan: string): bigint {
  return BigInt(yuan.replace('.', ''));
}
