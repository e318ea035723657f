/**
 * Protects: a series is simply an asset. Points of one series are fungible, and what makes two series
 * different (fund, end, rate, what becomes of the budget) is part of the asset and never changes.
 */
import type { Instant } from './amount.ts';

export type AssetKind = 'series' | 'promise' | 'cny6';

/** Promise and CNY6 carry zeros and empty texts where only a series has a value. */
export type Asset = {
  kind: AssetKind;
  unit: string;
  fund: string;
  /** Exclusive end: the first instant at which a point of the series can no longer be spent. */
  expiresAt: Instant;
  /** Settlement rate in micro-yuan a point. */
  rateMicro: number;
  /** 1 when the budget of expired points returns to the fund. */
  budgetReturns: 0 | 1;
};
/** A stored asset. `id` is book·2^40 + n; `key` is the natural key within its book. */
export type AssetRow = Asset & { id: number; key: string };
export type SeriesTerms = { expiresAt: Instant; rateMicro: number; budgetReturns: boolean };

/** 9999-12-31 in Asia/Shanghai: a NULL would defeat uniqueness. */
export const NEVER: Instant = Date.UTC(9999, 11, 30, 16);

export const CNY6: Asset = { kind: 'cny6', unit: '', fund: '', expiresAt: 0, rateMicro: 0, budgetReturns: 0 };

export function promiseAsset(unit: string, fund: string): Asset {
  return { kind: 'promise', unit, fund, expiresAt: 0, rateMicro: 0, budgetReturns: 0 };
}

export function seriesAsset(unit: string, fund: string, terms: SeriesTerms): Asset {
  const { expiresAt, rateMicro, budgetReturns } = terms;
  return { kind: 'series', unit, fund, expiresAt, rateMicro, budgetReturns: budgetReturns ? 1 : 0 };
}

export function assetKey(asset: Asset): string {
  if (asset.kind === 'series') {
    return `s|${asset.unit}|${asset.fund}|${asset.expiresAt}|${asset.rateMicro}|${asset.budgetReturns}`;
  }
  return asset.kind === 'promise' ? `p|${asset.unit}|${asset.fund}` : 'cny6';
}

export function isLive(asset: Asset, at: Instant): boolean {
  return asset.expiresAt > at;
}
