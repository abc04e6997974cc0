import type { CheckStatus, Severity, Skill } from '@assay/contract';

/** Names as they stand on the screen; the compiler lists what is missing. */
export const skillNames: Readonly<Record<Skill, string>> = {
  languages: 'Backend languages',
  frameworks: 'Backend frameworks',
  databases: 'Databases',
  apis: 'APIs',
  interview: 'Interview questions',
  collaboration: 'Communication and collaboration',
};

/** The worst first. */
export const severityRank: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

export const statusNames: Readonly<Record<CheckStatus, string>> = {
  passed: 'passed',
  failed: 'failed',
  undecided: 'undecided',
  'not-applicable': 'not applicable',
};
