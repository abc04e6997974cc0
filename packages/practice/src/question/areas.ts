import type { Skill } from '@assay/contract';

interface AreaRow {
  readonly name: string;
  /** The skill its questions count toward, besides interview practice itself. */
  readonly skill: Skill;
  /** The topics it may have; null: any. */
  readonly topics: readonly string[] | null;
}

/** The bank's areas: the folders under `questions/`. */
export const areas = {
  languages: { name: 'Languages', skill: 'languages', topics: ['python', 'php', 'java', 'javascript', 'typescript'] },
  frameworks: { name: 'Frameworks', skill: 'frameworks', topics: ['nodejs', 'express', 'django', 'spring'] },
  databases: { name: 'Databases', skill: 'databases', topics: null },
  apis: { name: 'APIs', skill: 'apis', topics: ['rest', 'json', 'gson', 'soap'] },
  http: { name: 'HTTP', skill: 'apis', topics: null },
  security: { name: 'Security', skill: 'apis', topics: null },
  concurrency: { name: 'Concurrency', skill: 'languages', topics: null },
  'distributed-systems': { name: 'Distributed systems', skill: 'databases', topics: null },
  'system-design': { name: 'System design', skill: 'interview', topics: null },
  algorithms: { name: 'Algorithms and data structures', skill: 'interview', topics: null },
  testing: { name: 'Testing', skill: 'languages', topics: null },
  operations: { name: 'Operations', skill: 'frameworks', topics: null },
  behavioural: { name: 'Behavioural questions', skill: 'collaboration', topics: null },
} as const satisfies Readonly<Record<string, AreaRow>>;

export type Area = keyof typeof areas;

export const areaIds = [
  'languages',
  'frameworks',
  'databases',
  'apis',
  'http',
  'security',
  'concurrency',
  'distributed-systems',
  'system-design',
  'algorithms',
  'testing',
  'operations',
  'behavioural',
] as const satisfies readonly Area[];

export function isArea(word: string): word is Area {
  return Object.hasOwn(areas, word);
}
