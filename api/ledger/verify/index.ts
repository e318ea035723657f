export { verify, type BookReport, type ProductChecks, type Progress, type VerifyReport } from './verify.ts';
export type { CheckCited } from './cited.ts';
export {
  namesOfNoBook,
  type CheckSums,
  type Claim,
  type ClaimedPoints,
  type ClaimSource,
  type RowClaims,
} from './claims.ts';
export type { Finding } from './finding.ts';
export { HEARTBEAT_STALE_MS, startVerification } from './verifications.ts';
export { verificationRoutes } from './verification.routes.ts';
