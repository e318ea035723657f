/** The programme's units, as residents call them. */
export const UNIT_NAMES: Readonly<Record<string, { zh: string; en: string }>> = {
  VOL: { zh: '志愿积分', en: 'volunteer points' },
  CON: { zh: '消费积分', en: 'consumer points' },
};

/** A unit that has no name of ours keeps its code. */
export function unitWords(unit: string): { zh: string; en: string } {
  return Object.hasOwn(UNIT_NAMES, unit)
    ? (UNIT_NAMES[unit] ?? { zh: unit, en: unit })
    : { zh: unit, en: unit };
}
