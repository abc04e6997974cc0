import type { Area } from '../question/areas.ts';
import type { Language } from '../question/predict.ts';

/** Topics of other areas that belong to one language. */
export const topicLanguages: Readonly<Record<string, Language>> = { gson: 'java' };

type Weights = Readonly<Partial<Record<Area, number>>>;

interface RoleRow {
  readonly name: string;
  /** How often each area is asked about, beside the others. */
  readonly areas: Weights;
  /** Topics of languages and frameworks that belong to it; null: any. */
  readonly topics: readonly string[] | null;
  /** The language in which it is asked; null: any. */
  readonly language: Language | null;
}

const backend: Weights = {
  languages: 2,
  frameworks: 2,
  databases: 3,
  apis: 2,
  http: 2,
  security: 2,
  concurrency: 2,
  'distributed-systems': 1,
  'system-design': 1,
  algorithms: 2,
  testing: 1,
  operations: 1,
  behavioural: 1,
};

/** What one can be interviewed for. */
export const roles = {
  backend: { name: 'Backend developer', areas: backend, topics: null, language: null },
  python: { name: 'Backend developer, Python', areas: backend, topics: ['python', 'django'], language: 'python' },
  java: { name: 'Backend developer, Java', areas: backend, topics: ['java', 'spring'], language: 'java' },
  php: { name: 'Backend developer, PHP', areas: backend, topics: ['php'], language: 'php' },
  node: {
    name: 'Backend developer, Node.js',
    areas: backend,
    topics: ['javascript', 'typescript', 'nodejs', 'express'],
    language: 'node',
  },
  data: {
    name: 'Data and databases',
    areas: { databases: 6, 'distributed-systems': 2, concurrency: 2, algorithms: 1, operations: 1, behavioural: 1 },
    topics: null,
    language: null,
  },
  platform: {
    name: 'Platform and operations',
    areas: {
      operations: 4,
      'distributed-systems': 3,
      http: 2,
      security: 2,
      concurrency: 1,
      'system-design': 2,
      behavioural: 1,
    },
    topics: null,
    language: null,
  },
} as const satisfies Readonly<Record<string, RoleRow>>;

export type Role = keyof typeof roles;
export const roleIds = [
  'backend',
  'python',
  'java',
  'php',
  'node',
  'data',
  'platform',
] as const satisfies readonly Role[];
