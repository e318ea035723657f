import { m } from '$lib/paraglide/messages.js';
import { pointsText } from '$lib/unit-name.ts';

export type Cost = { points: string; yuan: string; unit: string };

/** `120 志愿积分`, or with what is paid beside them at the counter. */
export function costText({ points, yuan, unit }: Cost): string {
  const text = pointsText(points, unit);
  return yuan === '0.00' ? text : m.goods_points_and_yuan({ points: text, yuan });
}
