export { verify, type BookReport, type Progress, type VerifyReport } from './verify.ts';
export type { Finding } from './finding.ts';
