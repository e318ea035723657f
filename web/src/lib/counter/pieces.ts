/** Goods that a clerk taps for 收分: how many of which, at the price that the till shows. */
import { m } from '$lib/paraglide/messages.js';
import { pointsText } from '$lib/unit-name.ts';
import { fenOf } from '../yuan.ts';
import type { Customer, Sale } from './sale.ts';

export type Piece = { goods: string; price: string; quantity: number };
/** One goods as the till shows it. */
export type OnShelf = {
  id: string;
  name: string;
  category: string;
  unit: string;
  price: string;
  points: string;
  yuan: string;
  left: number | null;
};

export function packPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ goods, price, quantity }) => `${goods}.${price}.${quantity}`).join('~');
}

export function readPieces(text: string): Piece[] {
  return text.split('~').flatMap((part) => {
    const [goods = '', price = '', count = ''] = part.split('.');
    const quantity = Number(count);
    const isPiece = /^[0-9a-f-]{36}$/.test(goods) && /^[0-9a-f-]{36}$/.test(price);
    return isPiece && Number.isInteger(quantity) && quantity > 0 ? [{ goods, price, quantity }] : [];
  });
}

const FIELD = 'pieces-';
export const pieceField = (goods: string): string => `${FIELD}${goods}`;

/** What of the shelf was tapped; a number that is none is a fault. */
export function tapped(form: FormData, shelf: readonly OnShelf[]): { pieces: Piece[] } | { fault: string } {
  const pieces: Piece[] = [];
  for (const { id, price } of shelf) {
    const value = form.get(pieceField(id));
    const text = typeof value === 'string' ? value.normalize('NFKC').trim() : '';
    if (text === '' || text === '0') continue;
    if (!/^[1-9]\d{0,3}$/.test(text)) return { fault: m.counter_shelf_more() };
    pieces.push({ goods: id, price, quantity: Number(text) });
  }
  return { pieces };
}

/** The sale that these goods are, or what stands against it; the API judges again, at the prices named. */
export function saleOf(
  pieces: readonly Piece[],
  { shelf, sale, customer }: { shelf: readonly OnShelf[]; sale: Sale; customer: Customer },
): { sale: Sale } | { fault: string } {
  const lines = pieces.flatMap((piece) => {
    const goods = shelf.find(({ id }) => id === piece.goods);
    return goods ? [{ goods, quantity: piece.quantity }] : [];
  });
  const units = new Set(lines.map(({ goods }) => goods.unit));
  const [unit = sale.unit] = units;
  if (units.size > 1) return { fault: m.counter_shelf_units() };
  const points = lines.reduce(
    (sum, { goods, quantity }) => sum + BigInt(goods.points) * BigInt(quantity),
    0n,
  );
  const fen = lines.reduce((sum, { goods, quantity }) => sum + (fenOf(goods.yuan) ?? 0) * quantity, 0);
  const held = customer.available.find((one) => one.unit === unit)?.points ?? '0';
  if (points > BigInt(held)) return { fault: m.counter_short({ points: pointsText(held, unit) }) };
  const words = lines.map(({ goods: { name }, quantity }) =>
    quantity === 1 ? name : `${name} × ${quantity}`,
  );
  const yuan = fen === 0 ? '' : `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
  const said = { unit, points: String(points), goods: words.join('、'), lines: packPieces(pieces), yuan };
  return { sale: { ...sale, ...said } };
}
