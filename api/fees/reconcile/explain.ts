/** Every break in words for the two people who settle it: the community's accountant and the firm's cashier. */
import { houseInWords } from '../../places/index.ts';
import { formatYuan } from '../../platform/money/index.ts';
import { sayMonths } from '../../programme/rules/index.ts';
import { hasRoom, type BreakKind, type OurOffset, type PostedRow } from './reconciliation.ts';

type Words = { zh: string; en: string };
type Pair = { offset: OurOffset; row: PostedRow; by: 'number' | 'score' };

const zhJoin = (parts: readonly string[]): string => parts.join('；');
const enJoin = (parts: readonly string[]): string => parts.join('; ');

/** What the two sides of a pair disagree about, all of it in one sentence. */
export function explainPair({ offset, row, by }: Pair, kinds: readonly BreakKind[]): Words {
  const found = kinds.map((kind) => difference(kind, offset, row));
  const zhHow = by === 'score' ? '（清单没有写这个抵扣单号，是按房号、金额和日期对上的）' : '';
  const enHow =
    by === 'score' ? ' (the list does not carry the number; found by house, amount and date)' : '';
  return {
    zh: `${offset.number}：${zhJoin(found.map((words) => words.zh))}${zhHow}`,
    en: `${offset.number}: ${enJoin(found.map((words) => words.en))}${enHow}`,
  };
}

function difference(kind: BreakKind, offset: OurOffset, row: PostedRow): Words {
  if (kind === 'wrong-house') {
    const [ours, theirs] = [houseInWords(offset.house), houseInWords(row.house)];
    return {
      zh: `房号不一致，我方 ${ours}，物业 ${theirs}`,
      en: `different house: ours ${ours}, theirs ${theirs}`,
    };
  }
  if (kind === 'wrong-period') {
    return {
      zh: `计费月份不一致，我方 ${sayMonths(offset.period).zh}，物业 ${sayMonths(row.period).zh}`,
      en: `different period: ours ${sayMonths(offset.period).en}, theirs ${sayMonths(row.period).en}`,
    };
  }
  if (kind === 'wrong-item') {
    return {
      zh: `收费项目不一致，我方 ${offset.item}，物业 ${row.item}`,
      en: `different fee item: ours ${offset.item}, theirs ${row.item}`,
    };
  }
  if (kind === 'wrong-number') {
    return {
      zh: `清单写的是 ${row.offsetNumber}，不是这一张，可能是别的小区的。请物业核对；确实写错了号码的，由两个人确认入账`,
      en: `the list names ${row.offsetNumber}, which is another voucher and may be another estate's. Have the firm look; where the number is mistyped, two people accept it`,
    };
  }
  if (kind === 'reissued') return billNow(offset);
  if (kind === 'paid-first') {
    const [whole, paid] = [formatYuan(offset.bill.amountFen), formatYuan(offset.bill.paidFen ?? 0)];
    return {
      zh: `账单 ${whole} 元已收款 ${paid} 元，物业又入账抵扣 ${formatYuan(offset.valueFen)} 元，合起来超过应收。已收里没有这笔抵扣的，请物业撤销入账再退回积分；已收里就是这笔抵扣的，由两个人确认入账`,
      en: `${paid} of the bill's ${whole} were received, and the firm has posted ${formatYuan(offset.valueFen)} of points as well: more than is due. Where what was received is money, have the firm take the posting out and give the points back; where it includes this offset, two people accept it`,
    };
  }
  if (kind === 'late') {
    return {
      zh: `入账晚了，${offset.exportedOn} 交给物业，${row.postedOn} 才入账`,
      en: `posted late: handed over on ${offset.exportedOn}, posted on ${row.postedOn}`,
    };
  }
  const gap = row.amountFen - offset.valueFen;
  const [size, theirs] = [formatYuan(Math.abs(gap)), formatYuan(row.amountFen)];
  const less = {
    zh: `。确实只能抵 ${theirs} 元的，由两个人退回积分，物业撤销这一行，住户按 ${theirs} 元重新抵扣`,
    en: `. Where no more than ${theirs} can be offset, two people give the points back, the firm takes the row out, and the resident offsets ${theirs} anew`,
  };
  return {
    zh: `金额不一致，我方 ${formatYuan(offset.valueFen)} 元，物业 ${theirs} 元，物业${gap > 0 ? '多' : '少'}记 ${size} 元${gap < 0 ? less.zh : ''}`,
    en: `different amount: ours ${formatYuan(offset.valueFen)}, theirs ${theirs}, ${size} too ${gap > 0 ? 'much' : 'little'}${gap < 0 ? less.en : ''}`,
  };
}

export function explainMissingThere(offset: OurOffset, candidates: readonly PostedRow[]): Words {
  const [months, value] = [sayMonths(offset.period), formatYuan(offset.valueFen)];
  const house = houseInWords(offset.house);
  const what = { zh: `${house} ${months.zh} ${value}`, en: `${house} ${months.en} ${value}` };
  if (candidates.length > 0) {
    const rows = candidates.map((row) => row.rowNumber);
    return {
      zh: `${offset.number}（${what.zh} 元）：清单第 ${rows.join('、')} 行都有可能，请人工确认`,
      en: `${offset.number} (${what.en}): rows ${rows.join(', ')} of the list fit equally well; please choose`,
    };
  }
  if (offset.bill.cancelled) {
    return {
      zh: `${offset.number}（${what.zh} 元）：账单已作废，物业没有入账，积分应当退回`,
      en: `${offset.number} (${what.en}): the bill was cancelled and nothing was posted; the points should go back`,
    };
  }
  return {
    zh: `${offset.number}（${what.zh} 元）：物业的清单里没有这一笔`,
    en: `${offset.number} (${what.en}): the firm's list does not have it`,
  };
}

export function explainMissingHere(row: PostedRow, candidates: readonly OurOffset[]): Words {
  const number = row.offsetNumber || '没有抵扣单号';
  const numberEn = row.offsetNumber || 'no number';
  const house = houseInWords(row.house);
  const zh = `清单第 ${row.rowNumber} 行（${number}，${house || '没有房号'}，${formatYuan(row.amountFen)} 元）`;
  const en = `Row ${row.rowNumber} of the list (${numberEn}, ${house || 'no house'}, ${formatYuan(row.amountFen)})`;
  if (candidates.length > 0) {
    const offsets = candidates.map((offset) => offset.number);
    return {
      zh: `${zh}：抵扣单 ${offsets.join('、')} 都有可能，请人工确认`,
      en: `${en}: ${offsets.join(', ')} fit equally well; please choose`,
    };
  }
  return row.state === 'returned'
    ? {
        zh: `${zh}：物业写了退回，我方没有对应的抵扣单`,
        en: `${en}: returned by the firm, but we have no such offset`,
      }
    : { zh: `${zh}：我方没有对应的抵扣单`, en: `${en}: we have no such offset` };
}

export function explainDuplicate(offset: OurOffset, row: PostedRow): Words {
  const yuan = formatYuan(row.amountFen);
  return {
    zh: `${offset.number}：清单第 ${row.rowNumber} 行重复入账 ${yuan} 元`,
    en: `${offset.number}: row ${row.rowNumber} of the list posts it again, ${yuan}`,
  };
}

export function explainUnclear(offset: OurOffset, rows: readonly PostedRow[]): Words {
  const found = rows.map((row) => row.rowNumber);
  return {
    zh: `${offset.number}：清单第 ${found.join('、')} 行都可能是这一张，说的又各不相同，请人工确认哪一行是对的`,
    en: `${offset.number}: rows ${found.join(', ')} of the list may all be this one and differ; please choose`,
  };
}

/** What the firm has posted of a bill that is another one by now. */
function billNow(offset: OurOffset): Words {
  const { bill, billIssue, valueFen } = offset;
  const value = formatYuan(valueFen);
  const undo = {
    zh: `抵扣的 ${value} 元不能照旧付给物业。请物业撤销入账，再退回积分，由住户按新账单重新抵扣`,
    en: `the ${value} offset cannot be paid to the firm as they are. Have the firm take its posting out and give the points back, for a new offset`,
  };
  if (bill.cancelled) return { zh: `账单已作废，${undo.zh}`, en: `the bill was cancelled: ${undo.en}` };
  const amount = formatYuan(bill.amountFen);
  const anew = {
    zh: `抵扣的是第 ${billIssue} 版账单，物业已重新出账（第 ${bill.issue} 版，${amount} 元）`,
    en: `it was put against issue ${billIssue} of the bill; the firm has issued number ${bill.issue} (${amount})`,
  };
  return hasRoom(offset)
    ? {
        zh: `${anew.zh}，新账单放得下这 ${value} 元，确认后付给物业`,
        en: `${anew.en}, which has room for these ${value}: accept them`,
      }
    : {
        zh: `${anew.zh}，放不下这笔抵扣，${undo.zh}`,
        en: `${anew.en}, which has no room for it: ${undo.en}`,
      };
}

export function explainReissued(offset: OurOffset): Words {
  const { billIssue, bill } = offset;
  return {
    zh: `${offset.number}：抵扣的是第 ${billIssue} 版账单，物业已重新出账（第 ${bill.issue} 版，${formatYuan(bill.amountFen)} 元）`,
    en: `${offset.number}: it was put against issue ${billIssue} of the bill; the firm has issued number ${bill.issue} (${formatYuan(bill.amountFen)})`,
  };
}

export function explainPaidFirst(offset: OurOffset, receivedFen: number): Words {
  const paid = formatYuan(Math.max(receivedFen, offset.bill.paidFen ?? 0));
  const whole = formatYuan(offset.bill.amountFen);
  const value = formatYuan(offset.valueFen);
  return {
    zh: `${offset.number}：账单 ${whole} 元已另外收款 ${paid} 元，抵扣的 ${value} 元没有用上，积分应当退回`,
    en: `${offset.number}: of the bill of ${whole}, ${paid} was paid in money, which leaves no room for the offset of ${value}; the points should go back`,
  };
}

export function explainPaidBeside(offset: OurOffset, rows: readonly PostedRow[]): Words {
  const [whole, value] = [formatYuan(offset.bill.amountFen), formatYuan(offset.valueFen)];
  const found = rows.map((row) => row.rowNumber).join('、');
  return {
    zh: `${offset.number}：以前的清单写了入账抵扣 ${value} 元，这份清单第 ${found} 行又收了账单 ${whole} 元的钱，合起来超过应收。请物业核对：多收的退给住户，或者撤销入账再退回积分`,
    en: `${offset.number}: an earlier list has posted its ${value}, and row ${found} of this one has money for the bill of ${whole}, which is more than is due together. Have the firm look: it gives the money back, or takes the posting out, after which the points go back`,
  };
}

export function explainReturned(offset: OurOffset, row: PostedRow): Words {
  const zhWhy = row.remark ? `，原因：${row.remark}` : '';
  const enWhy = row.remark ? ` (${row.remark})` : '';
  return {
    zh: `${offset.number}：物业已退回${zhWhy}，积分应当退回`,
    en: `${offset.number}: returned by the firm${enWhy}; the points should go back`,
  };
}

export function explainPartReturned(offset: OurOffset, row: PostedRow): Words {
  const [value, amount] = [formatYuan(offset.valueFen), formatYuan(row.amountFen)];
  return {
    zh: `${offset.number}：抵扣 ${value} 元，清单第 ${row.rowNumber} 行退回的却是 ${amount} 元。抵扣单只能整张退回，积分还没有退给居民，请物业核对金额。确实只能抵一部分的，由两个人整张退回，住户按物业认的金额重新抵扣`,
    en: `${offset.number}: its value is ${value}, and row ${row.rowNumber} returns ${amount}. An offset is returned as a whole; its points have not gone back: have the firm look at the amount. Where only a part can be offset, two people give the whole back, and the resident offsets that part anew`,
  };
}

/** `writtenOffFen`: of the row by which it was posted, what was written off and is taken back with it. */
export function explainNoLongerPosted(
  offset: OurOffset,
  row: PostedRow,
  { fen, writtenOffFen }: { fen: number; writtenOffFen: number },
): Words {
  const why = row.remark ? { zh: `（${row.remark}）`, en: ` (${row.remark})` } : { zh: '', en: '' };
  const value = formatYuan(offset.valueFen);
  if (row.state !== 'returned')
    return {
      zh: `${offset.number}：以前的清单已经入账，积分已经付给物业，清单第 ${row.rowNumber} 行却写还没有入账${why.zh}。请物业核对`,
      en: `${offset.number}: an earlier list posted it and its points were paid to the firm; row ${row.rowNumber} says that it is not posted yet${why.en}. Have the firm look`,
    };
  const part = formatYuan(fen);
  if (fen > offset.valueFen)
    return {
      zh: `${offset.number}：以前的清单已经入账 ${value} 元，清单第 ${row.rowNumber} 行又退回${why.zh}，一共退了 ${part} 元，比入账的还多。请物业核对；整张都退了的，由两个人冲回`,
      en: `${offset.number}: an earlier list posted ${value}, and with row ${row.rowNumber}${why.en} the firm has returned ${part}, more than that. Have the firm look; where the whole is returned, two people reverse it`,
    };
  if (fen < offset.valueFen) {
    const rest = formatYuan(offset.valueFen - fen);
    return {
      zh: `${offset.number}：以前的清单已经入账 ${value} 元，清单第 ${row.rowNumber} 行退回一部分${why.zh}，一共退了 ${part} 元，物业账上还有 ${rest} 元。退错了的，请物业改回来。确实只能抵 ${rest} 元的，由两个人整张冲回，积分退给居民；剩下的 ${rest} 元请物业也退掉，由住户按 ${rest} 元重新抵扣`,
      en: `${offset.number}: an earlier list posted ${value}, of which row ${row.rowNumber} returns a part${why.en}, ${part} in all; the firm still has ${rest}. Where that is wrong, have the firm put it right. Where no more than ${rest} can be offset, two people reverse the whole and the points go back; have the firm return the other ${rest} too, for a new offset of ${rest}`,
    };
  }
  const off = formatYuan(writtenOffFen);
  const along =
    writtenOffFen === 0
      ? { zh: '', en: '' }
      : {
          zh: `；以前转销的 ${off} 元一并撤销`,
          en: `; the ${off} that was written off is taken back with it`,
        };
  return {
    zh: `${offset.number}：以前的清单已经入账，积分已经付给物业，现在物业又退回（清单第 ${row.rowNumber} 行）${why.zh}。由两个人冲回：积分退给居民，物业少收 ${value} 元，账单可以重新抵扣${along.zh}`,
    en: `${offset.number}: an earlier list posted it and its points were paid to the firm, which now returns it (row ${row.rowNumber})${why.en}. Two people reverse it: the points go back, the firm is owed ${value} less, and the bill may be offset anew${along.en}`,
  };
}

export function explainNotHandedOver(
  number: string,
  { rowNumber, amountFen }: Pick<PostedRow, 'rowNumber' | 'amountFen'>,
): Words {
  const yuan = formatYuan(amountFen);
  return {
    zh: `${number}：批次已撤回或还没有导出，物业却入账了（清单第 ${rowNumber} 行，${yuan} 元）。请物业撤销这一行；说好以后，在这里选“请物业更正”并写明，这张单才会再导出`,
    en: `${number}: its batch was taken back, or it was not handed over yet, but the firm has posted it (row ${rowNumber}, ${yuan}). Have the firm take the row out; once agreed, choose “the firm corrects” here and say so: only then is it handed over again`,
  };
}

export function explainStillPosted(
  number: string,
  { rowNumber, fen }: { rowNumber: number; fen: number },
): Words {
  const yuan = formatYuan(fen);
  return {
    zh: `${number}：这张单已经不作数，积分退给了居民，物业账上还留着 ${yuan} 元（清单第 ${rowNumber} 行）。请物业把这 ${yuan} 元退掉；还要抵的，由住户重新抵扣`,
    en: `${number}: it was taken back and its points went back to the resident, but the firm still has ${yuan} posted (row ${rowNumber}). Have the firm take the ${yuan} out; what is still to be offset takes a new offset`,
  };
}
