import { isReasonLabel } from './rejected-file.ts';
import type { RowWarning } from './parsed.ts';

/** Never imported, whatever it is called: Linli needs no identity numbers, and the law says to collect little. */
const IDENTITY_COLUMN = /身份证|证件号|护照/;

/** Tells which columns of a file were left out, identity numbers apart from the rest. */
export function columnWarnings(labels: readonly string[]): RowWarning[] {
  const identity = labels.filter((label) => IDENTITY_COLUMN.test(label));
  const others = labels.filter((label) => !IDENTITY_COLUMN.test(label) && !isReasonLabel(label));
  const warnings: RowWarning[] = [];
  if (identity.length > 0)
    warnings.push({
      code: 'identity-not-imported',
      field: identity.join('、'),
      zh: `“${identity.join('、')}”是身份信息，系统用不到，没有导入。以后导出时请去掉这一列`,
      en: `“${identity.join(', ')}” holds identity numbers, which are not needed and were not imported. Please leave them out next time`,
    });
  if (others.length > 0)
    warnings.push({
      code: 'columns-not-imported',
      field: others.join('、'),
      zh: `这些列没有导入：${others.join('、')}`,
      en: `These columns were not imported: ${others.join(', ')}`,
    });
  return warnings;
}
