import type { Instance, Json } from '@assay/contract';

/** Tells our own exception from PostgreSQL's. */
const code = 'ASSAY';
const tag = '$assay_trial$';

/**
 * Runs PL/pgSQL that leaves what it found in `result` (jsonb), and takes back all that it did: it ends with an exception that carries the
 * result, so nothing of it is ever committed, whatever happens to us meanwhile. Throws what PostgreSQL throws.
 */
export async function trial(instance: Instance, body: string, declarations = ''): Promise<Json> {
  if (body.includes(tag)) throw new Error('a value holds the mark of a trial');
  // The statements of one message are one transaction, to which SET LOCAL is bound.
  const text = `SET LOCAL statement_timeout = '30s'; DO ${tag} DECLARE result jsonb := 'null'; ${declarations} BEGIN ${body}
    RAISE EXCEPTION USING ERRCODE = '${code}', MESSAGE = coalesce(result::text, 'null'); END ${tag}`;
  try {
    await instance.sql(text);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return JSON.parse(error.message) as Json;
    throw error;
  }
  throw new Error('a trial ended without its result');
}

/** PL/pgSQL that tries a statement and sets `accepted`, with constraints that wait for the commit asked at once. */
export function attempt(statement: string): string {
  return `BEGIN
      ${statement};
      GET DIAGNOSTICS touched = ROW_COUNT;
      SET CONSTRAINTS ALL IMMEDIATE;
      accepted := touched > 0;
    EXCEPTION WHEN OTHERS THEN accepted := false;
    END;`;
}

/** What `attempt` needs to be declared. */
export const attemptDeclarations = 'accepted boolean := false; touched bigint := 0;';

/** Whether the database would take a change; nothing of it remains. */
export async function isAccepted(instance: Instance, statement: string): Promise<boolean> {
  return (await trial(instance, `${attempt(statement)} result := to_jsonb(accepted);`, attemptDeclarations)) === true;
}
