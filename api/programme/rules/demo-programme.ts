/** The award rules of the demo programme: the worked month of the documentation, the demo estate and the tests use them. */
import type { PurchaseAwardRule, ServiceAwardRule } from './award-rule.ts';

export const demoServiceRule: ServiceAwardRule = {
  kind: 'award',
  unit: 'VOL',
  pointsPerHour: 10,
  maxMinutesPerActivity: 120,
  maxPointsPerDay: 60,
  minimumShare: '0.6',
  // The published rule says "Saturday, Sunday, holiday": a Saturday on which offices work is still a Saturday.
  dayFactors: { workday: '1', weekend: '1.5', holiday: '1.5', 'make-up': '1.5' },
  gradeFactors: {
    'very-satisfied': '1.2',
    satisfied: '1',
    'fairly-satisfied': '0.8',
    dissatisfied: '0',
    'very-dissatisfied': '0',
  },
  earningTrust: ['scan', 'roll-call'],
  rounding: 'down',
  expiry: { bucket: 'year', later: 1 },
};

export const demoPurchaseRule: PurchaseAwardRule = {
  kind: 'purchase',
  unit: 'CON',
  points: 1,
  perFen: 100,
  maxPointsPerDay: 500,
  expiry: { bucket: 'month', later: 12 },
};
