import { type Kysely, sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Tables } from '../../database/tables.ts';
import { exactly, nullable } from '../../schemas.ts';
import { budgetSchema } from '../runs/schemas.ts';

const changeable = {
  budgetSeconds: nullable(budgetSchema),
  theme: Type.Enum(['system', 'light', 'dark']),
  reducedMotion: Type.Enum(['system', 'reduce']),
  shortcuts: Type.Boolean(),
};

export const storedSettingsSchema = exactly(changeable);

export const settingsSchema = exactly(
  {
    ...changeable,
    dataFolder: Type.String({ readOnly: true }),
    version: Type.String({ readOnly: true }),
    database: Type.Enum(['embedded', 'own'], { readOnly: true }),
  },
  { $id: 'Settings' },
);

export const settingsChangesSchema = exactly({
  budgetSeconds: Type.Optional(changeable.budgetSeconds),
  theme: Type.Optional(changeable.theme),
  reducedMotion: Type.Optional(changeable.reducedMotion),
  shortcuts: Type.Optional(changeable.shortcuts),
});

export type StoredSettings = Static<typeof storedSettingsSchema>;
export type Settings = Static<typeof settingsSchema>;

const usual: StoredSettings = { budgetSeconds: null, theme: 'system', reducedMotion: 'system', shortcuts: true };

/** What was never changed is as usual; what an older version wrote and this one does not understand, too. */
export async function readSettings(db: Kysely<Tables>): Promise<StoredSettings> {
  const rows = await db.selectFrom('setting').selectAll().execute();
  const stored: unknown = { ...usual, ...Object.fromEntries(rows.map(({ name, value }) => [name, value])) };
  const known = Object.fromEntries(
    Object.entries(storedSettingsSchema.properties).flatMap(([name, schema]) => {
      const value = typeof stored === 'object' && stored !== null ? Reflect.get(stored, name) : undefined;
      return Value.Check(schema, value) ? [[name, value]] : [];
    }),
  );
  const whole: unknown = { ...usual, ...known };
  return Value.Check(storedSettingsSchema, whole) ? whole : usual;
}

export async function changeSettings(db: Kysely<Tables>, changes: Static<typeof settingsChangesSchema>): Promise<void> {
  const rows = Object.entries(changes).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
  if (rows.length === 0) return;
  await db
    .insertInto('setting')
    .values(rows)
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`excluded.value` }))
    .execute();
}
