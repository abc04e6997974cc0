import { type Static, Type } from 'typebox';
import { challengeName, exactly, idSchema, named, nullable, pathSchema, text, timeSchema } from '../../schemas.ts';
import { runRef } from '../runs/schemas.ts';

const command = text(2000, 1);

export const overridesSchema = exactly({
  build: Type.Optional(command),
  start: Type.Optional(command),
  release: Type.Optional(command),
  env: Type.Optional(
    Type.Unsafe<Record<string, string>>({
      type: 'object',
      maxProperties: 100,
      propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]{0,99}$' },
      additionalProperties: text(4000),
    }),
  ),
  database: Type.Optional(Type.Enum(['postgres', 'none'])),
});

export const backendSchema = exactly(
  {
    id: idSchema,
    folder: Type.String(),
    exists: Type.Boolean({ description: 'Whether the folder is there' }),
    name: Type.String(),
    challenge: nullable(Type.String()),
    contract: nullable(Type.String()),
    overrides: overridesSchema,
    lastRun: nullable(runRef),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  },
  { $id: 'Backend', description: 'A folder that is remembered, with what was corrected of what was detected' },
);

export type Backend = Static<typeof backendSchema>;
export const backendRef = named<Backend>('Backend');

const settings = {
  name: Type.Optional(text(200, 1)),
  challenge: Type.Optional(nullable(challengeName)),
  contract: Type.Optional(nullable(pathSchema)),
  overrides: Type.Optional(overridesSchema),
};

export const newBackendSchema = exactly({ folder: pathSchema, ...settings });
export const backendChangesSchema = exactly(settings);

export type NewBackend = Static<typeof newBackendSchema>;
export type BackendChanges = Static<typeof backendChangesSchema>;
