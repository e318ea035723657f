/** What planning works on, as a store brings it: positions, counters, rows and keys, and what stands for the unknown. */
import type { Account } from './account.ts';
import type { Amount, Instant } from './amount.ts';
import type { AssetRow } from './asset.ts';
import type { Row } from './command.ts';

/** The last ids given in a book, and the last booking instant. */
export type Head = {
  seq: number;
  bookedAt: Instant;
  entry: number;
  tally: number;
  account: number;
  asset: number;
};
export type Position = { account: number; asset: number; balance: Amount; entry: number; dirty: boolean };
export type TallyState = { key: string; total: number; entry: number; dirty: boolean };
export type RowState = {
  table: string;
  id: string;
  /** undefined when the database has no such row. */
  version: number | undefined;
  inserted: boolean;
  change: Row | undefined;
};
export type StoredKey = {
  requestHash: string;
  unitId: string;
  status: 'posted' | 'refused';
  answer: string;
};

/** What stands for an account or asset that is not loaded yet; the unit that met it is planned again. */
export const UNKNOWN_ACCOUNT: Account = {
  id: -1,
  key: '',
  owner: '',
  role: 'receivable',
  counterparty: '',
  floor: null,
  ceiling: null,
};
export const UNKNOWN_ASSET: AssetRow = {
  id: -1,
  key: '',
  kind: 'cny6',
  unit: '',
  fund: '',
  expiresAt: 0,
  rateMicro: 0,
  budgetReturns: 0,
};
