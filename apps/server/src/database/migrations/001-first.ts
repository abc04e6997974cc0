import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE backend (
      id uuid PRIMARY KEY,
      folder text NOT NULL UNIQUE,
      name text NOT NULL,
      challenge text,
      contract text,
      overrides jsonb NOT NULL DEFAULT '{}',
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db);
  await sql`
    CREATE TABLE run (
      id uuid PRIMARY KEY,
      backend_id uuid REFERENCES backend ON DELETE SET NULL,
      previous_id uuid REFERENCES run ON DELETE SET NULL,
      folder text NOT NULL,
      challenge text,
      contract text,
      wanted text[] NOT NULL DEFAULT '{}',
      seed integer NOT NULL CHECK (seed >= 0),
      budget_seconds integer CHECK (budget_seconds > 0),
      watch boolean NOT NULL DEFAULT false,
      status text NOT NULL CHECK (status IN ('queued', 'running', 'finished', 'interrupted', 'stopped', 'broken')),
      fault jsonb,
      verdict text CHECK (verdict IN ('passed', 'failed', 'undecided')),
      reason text NOT NULL DEFAULT '',
      passed integer NOT NULL DEFAULT 0,
      failed integer NOT NULL DEFAULT 0,
      undecided integer NOT NULL DEFAULT 0,
      not_applicable integer NOT NULL DEFAULT 0,
      stack jsonb,
      created_at timestamptz NOT NULL DEFAULT now(),
      started_at timestamptz,
      ended_at timestamptz
    )`.execute(db);
  await sql`CREATE INDEX run_backend ON run (backend_id, id DESC)`.execute(db);
  await sql`CREATE INDEX run_previous ON run (previous_id)`.execute(db);
  await sql`CREATE INDEX run_challenge ON run (challenge, id DESC)`.execute(db);
  await sql`CREATE INDEX run_verdict ON run (verdict, id DESC)`.execute(db);
  await sql`CREATE INDEX run_folder ON run (folder, id DESC)`.execute(db);
  await sql`CREATE INDEX run_open ON run (id) WHERE status IN ('queued', 'running')`.execute(db);
  await sql`
    CREATE TABLE report (
      run_id uuid PRIMARY KEY REFERENCES run ON DELETE CASCADE,
      report jsonb NOT NULL,
      plots jsonb
    )`.execute(db);
  await sql`
    CREATE TABLE run_event (
      run_id uuid NOT NULL REFERENCES run ON DELETE CASCADE,
      sequence integer NOT NULL CHECK (sequence > 0),
      type text NOT NULL,
      at double precision NOT NULL,
      exchange text,
      body jsonb NOT NULL,
      PRIMARY KEY (run_id, sequence)
    )`.execute(db);
  await sql`CREATE INDEX run_event_exchange ON run_event (run_id, exchange) WHERE exchange IS NOT NULL`.execute(db);
  await sql`CREATE INDEX run_event_type ON run_event (run_id, type, sequence)`.execute(db);
  await sql`
    CREATE TABLE replay (
      id uuid PRIMARY KEY,
      run_id uuid NOT NULL REFERENCES run ON DELETE CASCADE,
      finding text NOT NULL,
      status text NOT NULL CHECK (status IN ('queued', 'running', 'finished', 'broken', 'interrupted')),
      outcome text CHECK (outcome IN ('still-there', 'gone', 'undecided')),
      reason text NOT NULL DEFAULT '',
      result jsonb,
      created_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz
    )`.execute(db);
  await sql`CREATE INDEX replay_run ON replay (run_id)`.execute(db);
  await sql`CREATE TABLE setting (name text PRIMARY KEY, value jsonb NOT NULL)`.execute(db);
}
