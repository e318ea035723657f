/**
 * Protects: points are handed over or given back only for a word that says so as a whole. 无法入账 and 部分入账 have 入账
 * inside and are not it: what is not in these words is refused, and somebody writes what is meant.
 */
import type { CellReason } from '../../platform/files/index.ts';

/** `waiting`: the firm has it and has not decided yet. */
export type PostedState = 'posted' | 'returned' | 'waiting' | 'paid-otherwise';

const DEED = '(?:入账|抵扣|过账|记账|核销|销账|到账|处理|办理)';
const ENDED = '(?:成功|完成|完毕|正常|好)?了?';
/** Whole words, without 已 before them, which each of them may have. */
const POSTED = whole(
  `(?:全额|全部)?(?:积分)?(?:入账|抵扣|过账|记账|核销|销账|到账)${ENDED}`,
  `(?:成功|完成)(?:积分)?${DEED}`,
  '处理(?:成功|完成|完毕|好)了?',
  '(?:成功|完成|正常)了?',
);
/** 处理 alone may be an order; 已处理 is done. */
const DONE = whole('已经?(?:处理|办理)了?');
const RETURNED = whole(
  '(?:全额|全部|被)?(?:退回|退还|退款|退费|退账|作废|撤销|驳回|取消|冲红|红冲|冲销|冲正|冲账|拒绝|拒收)(?:入账|抵扣|过账)?(?:完成|完毕)?了?',
  '(?:入账|抵扣)(?:取消|撤销|退回|作废)',
  '不予(?:入账|抵扣|过账|核销|受理)',
);
const WAITING = whole(
  `(?:尚|还|暂)?未(?:${DEED}|审核|确认|核对|复核|受理|完成)`,
  `(?:还|暂)?没有?(?:${DEED}|审核|确认|核对)`,
  `(?:正在|等待|待|等|暂缓|延期|下月|下期|次月)(?:${DEED}|审核|确认|核对|复核|受理)中?`,
  `(?:${DEED}|审核|确认|核对|复核|受理|进行|等待|排队)中`,
  '(?:提交|接收|受理|挂账|挂起)',
);
const BY = '(?:现金|微信|支付宝|转账|银行|刷卡|代扣|扫码|pos机?|对公|支票)';
const MONEY = whole(
  `(?:用|以|通过)?(?:${BY})+(?:转账|支付|缴费|收款|付款|代扣|到账|已[付收缴])?(?:成功|完成)?`,
  '(?:收款|缴费|付款|支付|缴纳|实收|缴清|收|缴|付)(?:成功|完成)?',
);
/** A number or a day behind a word, or in brackets, is no part of what it says. */
const BESIDE = /\d+[年月日号]?|[\s()[\]{}【】〔〕《》<>“”"'·.,，。、;；:：!！*#✓√/-]/g;
const BRACKETS = /[([【〔{](.*?)[)\]】〕}]/g;
/** What makes the opposite of a word, or only half of it. */
const DOUBT = /未|待|不|无|非|没|部分|失败|拒|中$/;
const SAYS_NO = /未|不|无|非|没|待/;
/** In a remark, beside an empty state. */
const NOT_POSTED = new RegExp(
  `退回|退还|作废|驳回|撤销|冲红|红冲|冲销|失败|(?:未|待|无法|不能|不予|暂缓|没有?)${DEED}`,
);

const BY_POINTS = /积分|抵扣|邻里/;
const BY_MONEY = /现金|微信|支付宝|转账|银行|刷卡|代扣|扫码|POS|对公|支票|已收|已缴|已付|实收/i;

type Told = {
  readonly status: string;
  readonly method: string;
  readonly remark: string;
  readonly amountFen: number;
  readonly hasNumber: boolean;
  /** The list holds offsets only, as one with a column for their numbers does. */
  readonly offsetsOnly: boolean;
};

/**
 * What a row of a posted list says of the line: points posted, given back, not decided yet, or money received instead;
 * `refunded` is such money given back.
 */
export function postedState(told: Told): PostedState | 'refunded' | CellReason {
  const { status, method } = told;
  const byPoints = isByPoints(method);
  const said = status.trim() === '' ? undefined : stateSaid(written(status));
  if (status.trim() !== '' && said === undefined) return unknown(status);
  if (said === 'waiting') return 'waiting';
  const byMoney = BY_MONEY.test(method) && !byPoints;
  // 已退款 beside 现金 gives money back, unless our number says what it is about.
  if (said === 'returned') return byMoney && !told.hasNumber ? 'refunded' : 'returned';
  const isBack = told.amountFen < 0;
  const state = said === undefined ? stateUnsaid(told, { isBack }) : byMoney ? 'paid-otherwise' : said;
  if (state === 'posted' || (state === 'paid-otherwise' && byPoints)) return isBack ? 'returned' : 'posted';
  // Below zero, money is money given back: points go back for points alone.
  return isBack && state === 'paid-otherwise' ? 'refunded' : state;
}

/** Where no column says what became of it: by how it was paid, and then by what the row and its list are about. */
function stateUnsaid(
  { method, remark, hasNumber, offsetsOnly }: Told,
  { isBack }: { isBack: boolean },
): 'posted' | 'paid-otherwise' | CellReason {
  if (method !== '') {
    if (BY_POINTS.test(method) && !isByPoints(method)) return unknown(method);
    return isByPoints(method) ? 'posted' : 'paid-otherwise';
  }
  // 冲红 beside what is below zero is no contradiction.
  if (!isBack && NOT_POSTED.test(written(remark))) return unknown(remark);
  if (hasNumber || BY_POINTS.test(remark)) return 'posted';
  if (BY_MONEY.test(remark)) return 'paid-otherwise';
  return offsetsOnly ? 'posted' : 'paid-otherwise';
}

/** Whether a row says that it is about points: by our number, in its words, or by the list that it stands in. */
export function isOfPoints({
  status,
  method,
  remark,
  hasNumber,
  offsetsOnly,
}: Omit<Told, 'amountFen'>): boolean {
  if (hasNumber || isByPoints(method) || BY_POINTS.test(`${status} ${remark}`)) return true;
  return offsetsOnly && method === '';
}

function isByPoints(method: string): boolean {
  return BY_POINTS.test(method) && !SAYS_NO.test(method);
}

function stateSaid(status: string): PostedState | undefined {
  const bare = bareWord(status);
  const word = bare.replace(/^已经?/, '');
  if (POSTED.test(word) || DONE.test(bare)) return 'posted';
  if (MONEY.test(word)) return 'paid-otherwise';
  // A reason may stand in brackets behind what was decided, and anything behind what was not.
  const [head, beside] = [bareWord(status.replace(BRACKETS, '')), bareWord(bracketed(status))];
  if (WAITING.test(head) || WAITING.test(head.replace(/^已经?/, ''))) return 'waiting';
  return RETURNED.test(head.replace(/^已经?/, '')) && !DOUBT.test(beside) ? 'returned' : undefined;
}

function whole(...words: readonly string[]): RegExp {
  return new RegExp(`^(?:${words.join('|')})$`);
}

/** As one hand writes it: no full width, no spaces, 账 for 帐. */
function written(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/g, '').replaceAll('帐', '账');
}

function bareWord(status: string): string {
  return status.replace(BESIDE, '');
}

function bracketed(status: string): string {
  return [...status.matchAll(BRACKETS)].map(([, within]) => within).join('');
}

const MOST_SAID = 20;

function unknown(text: string): CellReason {
  const said = [...text.trim()].slice(0, MOST_SAID).join('');
  return {
    code: 'status-unknown',
    zh: `看不懂状态“${said}”，这一行不算入账也不算退回。请改成“已入账”、“已退回”或“待入账”再传`,
    en: `the state “${said}” is not known, so the row neither posts nor returns; write 已入账 (posted), 已退回 (returned) or 待入账 (not yet)`,
  };
}
