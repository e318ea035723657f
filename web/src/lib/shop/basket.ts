/** What a member has put on their list (单子): kept on the device, with the price that was seen, and nothing else. */
export type BasketLine = { place: string; goods: string; price: string; quantity: number };

export const basketCookie = 'linli-basket';
const MOST_LINES = 20;
export const mostPieces = 99;

/** Whatever stands in the cookie that is no line is left out. */
export function readBasket(text: string | undefined): BasketLine[] {
  return (text ?? '').split('~').flatMap((part) => {
    const [place = '', goods = '', price = '', count = ''] = part.split('.');
    const quantity = Number(count);
    const isLine = [place, goods, price].every((id) => /^[0-9a-f-]{36}$/.test(id));
    return isLine && Number.isInteger(quantity) && quantity > 0 && quantity <= mostPieces
      ? [{ place, goods, price, quantity }]
      : [];
  });
}

export function packBasket(lines: readonly BasketLine[]): string {
  return lines
    .slice(0, MOST_LINES)
    .map(({ place, goods, price, quantity }) => [place, goods, price, quantity].join('.'))
    .join('~');
}

/** More of what is on it already is one line; the last price seen counts. None takes it off. */
export function withLine(lines: readonly BasketLine[], line: BasketLine, { add = true } = {}): BasketLine[] {
  const known = lines.find(({ goods }) => goods === line.goods);
  const quantity = Math.min(mostPieces, line.quantity + (add ? (known?.quantity ?? 0) : 0));
  const others = lines.filter(({ goods }) => goods !== line.goods);
  if (quantity <= 0) return others;
  if (!known) return [...others, { ...line, quantity }];
  return lines.map((one) => (one.goods === line.goods ? { ...line, quantity } : one));
}
