/** What the pages of a fund's month, of ageing and of offsets are told, as far as tests look at it. */
export type Row = Record<string, string>;
export type Money = { opening: string; accepted: string; reversed: string; paid: string; closing: string };
export type Party = { party: { name: string }; points: string; accepted: string; balance?: Row };
export type Statement = {
  id: string;
  number: number;
  latest: boolean;
  comparison: { ours: string; theirs?: string; difference?: string; matched: number; differences: number };
  agreed: { side: string; remark?: string }[];
  mayAgree: string[];
};
export type FundMonth = {
  over: boolean;
  budget: Row;
  points: Row;
  debt: Row;
  owed: Money;
  parties: Party[];
  statements: Statement[];
  maySend: boolean;
};
export type Difference = {
  id: string;
  kind: string;
  field?: string;
  written: string;
  number: string;
  ours?: string;
  theirs?: string;
};
export type Ages = { owed: string; to30: string; to60: string; to90: string; over90: string };
export type Debts = { sums: Ages; rows: (Ages & { payer: { name: string }; payee: { name: string } })[] };
export type Sums = { count: number; value: string; borne: string; concession: string };
export type Report = {
  total: Sums;
  months: (Sums & { month: string })[];
  estates: (Sums & { estate: { name: string } })[];
  items: { item: string; count: number; value: string }[];
  funds: { fund: { name: string }; count: number; points: string; borne: string }[];
};
