import type { Skill } from '@assay/contract';

/** As the reports call them. The vocabulary's own table would bring all of its package into the page. */
export const skillNames: Readonly<Record<Skill, string>> = {
  languages: 'Backend languages',
  frameworks: 'Backend frameworks',
  databases: 'Databases',
  apis: 'APIs',
  interview: 'Interview questions',
  collaboration: 'Communication and collaboration',
};
