/** The voucher as a page and as a workbook. */
import type { Engine } from '../../db/index.ts';
import type { OutCell } from '../../platform/files/index.ts';
import { formatUppercase, formatYuan } from '../../platform/money/index.ts';
import { formatMicro, signerName } from '../statement/statement.views.ts';
import { sectionsIn, type StatementBody } from '../statement/statements.ts';
import { accountsInForce } from './firm-accounts.ts';
import { voucherOf } from './month-voucher.ts';
import type { VoucherView } from './voucher.schemas.ts';

/**
 * Of one firm: the one that is asked for, or the first. With the accounts that were in force when the month was closed, so
 * that it prints the same years later; a statement that kept none shows those of now. Undefined where the firm has nothing
 * in the month.
 */
export async function voucherView(
  engine: Engine,
  { body, preliminary, firm: asked }: { body: StatementBody; preliminary: boolean; firm: string | undefined },
): Promise<VoucherView | undefined> {
  const { place, month, edition, prepared, approved } = body;
  const sections = sectionsIn(body);
  const section =
    asked === undefined
      ? (sections[0] ?? { ...body, accounts: undefined })
      : sections.find((each) => each.firm.id === asked);
  if (!section) return undefined;
  const { firm, settlement } = section;
  const { version, accounts } = section.accounts ?? (await accountsInForce(engine, firm.id));
  const { lines, totalFen, attachments } = voucherOf(
    {
      ...section,
      writeOffs: (body.writeOffs ?? []).filter((each) => each.firm === firm.id),
      takenBack: (body.writeOffsTakenBack ?? []).filter((each) => each.firm === firm.id),
    },
    { month, accounts },
  );
  return {
    firms: sections.map((each) => each.firm),
    ...{ place, firm, month, edition, preliminary, attachments, accountsVersion: version },
    lines: lines.map(({ debitFen, creditFen, ...line }) => ({
      ...line,
      debit: formatYuan(debitFen),
      credit: formatYuan(creditFen),
    })),
    ...{ total: formatYuan(totalFen), uppercase: formatUppercase(totalFen) },
    carriedIn: formatMicro(settlement.carriedInMicro),
    carriedOut: formatMicro(settlement.carriedOutMicro),
    ...(prepared && { prepared: await signerName(engine, prepared.by) }),
    ...(approved && { approved: await signerName(engine, approved.by) }),
  };
}

/** Lines first, as a bookkeeping program reads them; what a person needs beside them stands below. */
export function voucherRows(voucher: VoucherView): (readonly OutCell[])[] {
  const { lines, total, uppercase, attachments, prepared = '', approved = '' } = voucher;
  const cell = (yuan: string): OutCell => (/^0\.00$/.test(yuan) ? null : { fen: fenOf(yuan) });
  return [
    ['摘要', '科目编码', '科目名称', '借方金额', '贷方金额'],
    ...lines.map(({ summary, code, name, debit, credit }) => [
      summary,
      code,
      name,
      cell(debit),
      cell(credit),
    ]),
    [`合计：${uppercase}`, '', '', { fen: fenOf(total) }, { fen: fenOf(total) }],
    ['单位', voucher.firm.name, voucher.place.name],
    ['附件张数', String(attachments)],
    ['制单', prepared],
    ['审核', voucher.preliminary ? '初稿，还没关账' : approved],
  ];
}

function fenOf(yuan: string): number {
  return Math.round(Number(yuan) * 100);
}
