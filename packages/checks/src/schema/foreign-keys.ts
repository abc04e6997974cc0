import type { Check, FindingDraft, Json } from '@assay/contract';
import { namedReferences } from '../kit/database/named-references.ts';
import { danglingReference, referencesOf, uuidReferences } from '../kit/database/references.ts';
import { writes } from '../kit/database/written.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';

interface Found {
  readonly table: string;
  readonly column: string;
  readonly target: string;
  readonly targetColumn: string;
  readonly resource: string;
  readonly operation: string;
  /** What the column held each time: ids of the other table. */
  readonly ids: readonly Json[];
  readonly hasForeignKey: boolean;
  /** A value that names no row of the other table, and was accepted all the same; null when it was refused. */
  readonly accepted: string | null;
}

interface Evidence {
  readonly references: readonly Found[];
  readonly trouble: string | null;
  /** Whether there is one table, and no request that tells it of another thing. */
  readonly isAlone?: boolean;
}

/** A column that holds the ids of another table is a foreign key, so that the database keeps what it points to. */
export const check: Check<Evidence> = {
  id: 'schema/foreign-keys',
  claim: 'A column that refers to another table is a foreign key',
  skill: 'databases',
  severity: 'medium',
  names: { cwe: 'CWE-1061' },
  needs: ['wire'],
  instance: 'shared',
  applies: (_contract, shape) =>
    shape.resources.some(({ create }) => create !== null) ? applies : doesNotApply('nothing can be created'),
  probe: async (context) => {
    const seen = await writes(context);
    const references: Found[] = [];
    const carried = referencesOf(seen);
    const certain = [...carried, ...(await uuidReferences(context.backend, seen, carried))];
    for (const reference of [...certain, ...(await namedReferences(context.backend, seen, certain))]) {
      if (context.signal.aborted) break;
      references.push({
        table: reference.table.name,
        column: reference.column,
        target: reference.target.name,
        targetColumn: reference.targetColumn,
        resource: reference.resource,
        operation: reference.operation,
        ids: reference.ids,
        hasForeignKey: reference.foreignKey,
        accepted: reference.foreignKey ? null : await danglingReference(context.backend, reference),
      });
    }
    const bindings = Object.values(context.shape.bindings).flat();
    const isAlone = seen.tables.length === 1 && !bindings.some(({ target }) => target.startsWith('body:'));
    return { references, trouble: seen.trouble, isAlone };
  },
  judge: ({ references, trouble, isAlone = false }) => {
    if (references.length === 0 && isAlone) return notApplicable('there is one table alone');
    if (references.length === 0)
      return trouble === null ? notApplicable('no column was seen to hold ids of another table') : undecided(trouble);
    return judged(
      references.filter(({ accepted }) => accepted !== null).map(finding),
      `${references.length === 1 ? '1 column that refers to another table' : `${references.length} columns that refer to other tables`}: ${references.map(({ table, column }) => `${table}.${column}`).join(', ')}`,
    );
  },
};

function finding({ table, column, target, targetColumn, operation, ids, accepted }: Found): FindingDraft {
  return {
    key: `${table}.${column}`,
    title: `${table}.${column} holds ids of ${target} and is no foreign key: the database took one that names no row`,
    detail: `Each time that ${operation} was asked, ${table}.${column} held what stands in ${target}.${targetColumn}. Nothing but the code keeps it so: a delete that runs beside an insert, a script, or another service leaves rows that point to nothing, and every reader must then be ready for that.`,
    fix: `ALTER TABLE ${table} ADD FOREIGN KEY (${column}) REFERENCES ${target} (${targetColumn}), with ON DELETE CASCADE or SET NULL where the row may go or stay without the other; and an index on ${column}.`,
    operation,
    evidence: [
      { kind: 'value', label: `${table}.${column}`, actual: ids, note: `What it held after ${operation}` },
      {
        kind: 'value',
        label: `UPDATE ${table} SET ${column} = ${accepted ?? ''}, in a transaction that was rolled back`,
        expected: 'foreign_key_violation',
        actual: 'accepted',
      },
    ],
  };
}
