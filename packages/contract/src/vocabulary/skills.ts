/** The six skills everything Assay measures counts toward. */
export const skills = ['languages', 'frameworks', 'databases', 'apis', 'interview', 'collaboration'] as const;
export type Skill = (typeof skills)[number];

export const skillNames: Readonly<Record<Skill, string>> = {
  languages: 'Backend languages',
  frameworks: 'Backend frameworks',
  databases: 'Databases',
  apis: 'APIs',
  interview: 'Interview questions',
  collaboration: 'Communication and collaboration',
};
