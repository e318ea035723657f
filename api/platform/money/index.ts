export { divideRounded, Exact, round, ROUNDINGS, share, toSafe, type Rounding } from './round.ts';
export { formatUppercase } from './uppercase.ts';
export {
  FEN_PER_YUAN,
  fenToMicro,
  formatMicro,
  formatYuan,
  MICRO_PER_FEN,
  MICRO_PER_YUAN,
  microToFen,
  parseYuan,
  wholeFen,
  worthOfPoints,
  yuanFaults,
  type ParsedYuan,
  type YuanFault,
  type YuanForm,
} from './yuan.ts';
