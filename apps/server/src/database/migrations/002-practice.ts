import { type Kysely, sql } from 'kysely';

/** Questions that are being answered in the browser. What was answered stands in the log that the terminal writes too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE practice_attempt (
      id uuid PRIMARY KEY,
      question text NOT NULL,
      seed integer NOT NULL CHECK (seed BETWEEN 0 AND 2000000000),
      interview text,
      status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'marking', 'proposed', 'answered', 'left')),
      shown jsonb NOT NULL,
      hints integer NOT NULL DEFAULT 0 CHECK (hints >= 0),
      answer jsonb,
      mark jsonb,
      rating integer CHECK (rating BETWEEN 1 AND 4),
      seconds double precision NOT NULL DEFAULT 0 CHECK (seconds >= 0),
      thinking_seconds double precision NOT NULL DEFAULT 0 CHECK (thinking_seconds >= 0),
      due_at timestamptz,
      opened_at timestamptz NOT NULL DEFAULT now(),
      answered_at timestamptz
    )`.execute(db);
  await sql`CREATE INDEX practice_attempt_interview ON practice_attempt (interview) WHERE interview IS NOT NULL`.execute(
    db,
  );
  await sql`CREATE INDEX practice_attempt_opened ON practice_attempt (opened_at)`.execute(db);
  await sql`CREATE INDEX practice_attempt_marking ON practice_attempt (id) WHERE status = 'marking'`.execute(db);
}
