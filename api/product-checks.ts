import { attachmentsAsClaimed, checkContents } from './attachments/index.ts';
import {
  batchesAsClaimed,
  offsetPartsAsClaimed,
  offsetsAsClaimed,
  offsetSumsAsCounted,
  statementsAsClaimed,
  writeOffsAsClaimed,
} from './fees/index.ts';
import type { ProductChecks } from './ledger/index.ts';
import { checkCitedRules } from './programme/index.ts';
import {
  agreementsAsClaimed,
  paymentsAsClaimed,
  remarksAsClaimed,
  settlementsAsClaimed,
  settlementSumsAsCounted,
} from './settlement/index.ts';
import { ordersAsClaimed, purchasesAsClaimed, redemptionsAsClaimed, stockAsClaimed } from './shop/index.ts';
import { servicesAsClaimed } from './volunteering/index.ts';

/** What `verify` holds against the ledger beside the ledger: a module whose rows repeat a number of it joins here. */
export const productChecks: ProductChecks = {
  checkCited: checkCitedRules,
  checkFiles: checkContents,
  claims: [
    servicesAsClaimed,
    purchasesAsClaimed,
    redemptionsAsClaimed,
    ordersAsClaimed,
    stockAsClaimed,
    offsetsAsClaimed,
    offsetPartsAsClaimed,
    batchesAsClaimed,
    statementsAsClaimed,
    writeOffsAsClaimed,
    agreementsAsClaimed,
    settlementsAsClaimed,
    remarksAsClaimed,
    paymentsAsClaimed,
    attachmentsAsClaimed,
  ],
  sums: [offsetSumsAsCounted, settlementSumsAsCounted],
};
