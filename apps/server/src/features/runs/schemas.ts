import { type Static, Type } from 'typebox';
import type { Report } from '@assay/contract';
import { challengeName, exactly, idSchema, named, nullable, text, pathSchema, timeSchema } from '../../schemas.ts';

export const verdictSchema = Type.Enum(['passed', 'failed', 'undecided']);

export const stackSchema = exactly({
  language: Type.String(),
  framework: nullable(Type.String()),
  runtime: nullable(Type.String()),
});

export const faultSchema = exactly({ code: Type.String(), message: Type.String(), fix: Type.String() });

const count = Type.Integer({ minimum: 0 });

export const seedSchema = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
export const budgetSchema = Type.Integer({ minimum: 10, maximum: 86_400 });

export const runSchema = exactly(
  {
    id: idSchema,
    status: Type.Enum(['queued', 'running', 'finished', 'interrupted', 'stopped', 'broken'], {
      description:
        '`interrupted`: the server ended while it went on. `stopped`: on request. `broken`: it could not be judged, see `fault`.',
    }),
    fault: nullable(faultSchema),
    backend: nullable(idSchema),
    folder: Type.String(),
    challenge: nullable(Type.String()),
    contract: nullable(Type.String()),
    only: Type.Array(Type.String()),
    seed: seedSchema,
    budgetSeconds: nullable(budgetSchema),
    watch: Type.Boolean(),
    verdict: nullable(verdictSchema),
    reason: Type.String({ description: 'Why this verdict, in one sentence; empty while there is none' }),
    stack: nullable(stackSchema),
    counts: exactly({ passed: count, failed: count, undecided: count, notApplicable: count }),
    createdAt: timeSchema,
    startedAt: nullable(timeSchema),
    endedAt: nullable(timeSchema),
    previous: nullable(idSchema),
    next: nullable(idSchema),
  },
  { $id: 'Run', description: 'One judgement of a backend' },
);

export type Run = Static<typeof runSchema>;
export const runRef = named<Run>('Run');

const runWish = {
  challenge: Type.Optional(nullable(challengeName)),
  contract: Type.Optional(nullable(pathSchema)),
  only: Type.Optional(Type.Array(text(100, 1), { maxItems: 200, description: 'Areas and checks; all when empty' })),
  seed: Type.Optional(nullable(seedSchema)),
  budgetSeconds: Type.Optional(nullable(budgetSchema)),
  watch: Type.Optional(Type.Boolean({ description: 'Judge it again whenever its folder changes' })),
};

/** Of a folder, or of a backend that is remembered with its settings. */
export const newRunSchema = Type.Union([
  exactly({ folder: pathSchema, ...runWish }),
  exactly({ backend: idSchema, ...runWish }),
]);

export type NewRun = Static<typeof newRunSchema>;

export const reportSchema = Type.Unsafe<Report>({
  $id: 'Report',
  type: 'object',
  description: 'As `assay check --format json` prints it; its schema is published as schemas/report.schema.json',
  required: [
    'schemaVersion',
    'tool',
    'run',
    'seed',
    'backend',
    'contract',
    'challenge',
    'startedAt',
    'durations',
    'sandbox',
    'verdict',
    'reason',
    'skills',
    'checks',
    'traffic',
  ],
  properties: {
    schemaVersion: { const: 1 },
    tool: { type: 'object' },
    backend: { type: 'object' },
    contract: { type: 'object' },
    durations: { type: 'object' },
    sandbox: { type: 'object' },
    skills: { type: 'object' },
    traffic: { type: 'object' },
    run: { type: 'string' },
    seed: { type: 'integer' },
    challenge: { type: ['string', 'null'] },
    startedAt: { type: 'string', format: 'date-time' },
    verdict: { enum: ['passed', 'failed', 'undecided'] },
    reason: { type: 'string' },
    checks: { type: 'array', items: { type: 'object' } },
  },
});
