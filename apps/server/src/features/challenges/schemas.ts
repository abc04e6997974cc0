import { type Static, Type } from 'typebox';
import { skills } from '@assay/contract';
import { exactly, named, nullable, timeSchema } from '../../schemas.ts';
import { verdictSchema } from '../runs/schemas.ts';

const count = Type.Integer({ minimum: 0 });
export const skillSchema = Type.Enum([...skills]);

const listed = {
  slug: Type.String(),
  title: Type.String(),
  summary: Type.String(),
  level: Type.Integer({ minimum: 1, maximum: 5 }),
  skills: Type.Array(skillSchema),
  stacks: Type.Array(Type.String(), { description: 'In which there are starters' }),
  progress: exactly({
    runs: count,
    best: nullable(verdictSchema),
    lastRun: nullable(timeSchema),
    passed: Type.Integer({ minimum: 0, description: 'Checks that passed in the best run' }),
    total: Type.Integer({ minimum: 0, description: 'Checks that applied in the best run' }),
  }),
};

export const challengeSchema = exactly(listed, { $id: 'Challenge' });

const parameterSchema = exactly({
  name: Type.String(),
  in: Type.String(),
  required: Type.Boolean(),
  description: Type.String(),
  type: Type.String({ description: 'In a word or two' }),
});

export const contractSchema = exactly({
  title: Type.String(),
  kind: Type.Enum(['openapi', 'wsdl']),
  sources: Type.Array(exactly({ file: Type.String(), text: Type.String() })),
  operations: Type.Array(
    exactly({
      id: Type.String(),
      method: Type.String(),
      path: Type.String(),
      summary: Type.String(),
      description: Type.String(),
      parameters: Type.Array(parameterSchema),
      request: nullable(
        exactly({
          mediaType: Type.String(),
          example: Type.Unknown({ description: 'A body that fits; null for none' }),
        }),
      ),
      responses: Type.Array(
        exactly({
          status: Type.String(),
          description: Type.String(),
          mediaType: nullable(Type.String()),
          example: Type.Unknown({ description: 'A body that fits; null for none' }),
        }),
      ),
    }),
  ),
});

export const challengeDetailSchema = exactly(
  {
    ...listed,
    brief: Type.String({ description: 'Markdown' }),
    contract: contractSchema,
    starters: Type.Array(exactly({ stack: Type.String() })),
    checks: Type.Array(exactly({ id: Type.String(), claim: Type.String() }), { description: 'Its own scenarios' }),
  },
  { $id: 'ChallengeDetail' },
);

export type Challenge = Static<typeof challengeSchema>;
export type ChallengeDetail = Static<typeof challengeDetailSchema>;
export type ContractView = Static<typeof contractSchema>;
export const challengeRef = named<Challenge>('Challenge');
export const challengeDetailRef = named<ChallengeDetail>('ChallengeDetail');
