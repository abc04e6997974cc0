BEGIN;
-- Two starts at once must not both create the tables.
SELECT pg_advisory_xact_lock(20250131);

-- COLLATE "C", here and in queries, orders by code point, whatever the database's own collation is.
CREATE TABLE IF NOT EXISTS todos (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title      text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  notes      text CHECK (char_length(notes) <= 10000),
  done       boolean NOT NULL DEFAULT false,
  position   integer NOT NULL DEFAULT 0 CHECK (position BETWEEN 0 AND 1000000),
  priority   text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high')),
  due_at     timestamptz(3),
  estimate   numeric(8, 2) CHECK (estimate >= 0),
  version    integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS todos_position ON todos (position, id);
CREATE INDEX IF NOT EXISTS todos_title ON todos (title COLLATE "C", id);
CREATE INDEX IF NOT EXISTS todos_due_at ON todos (due_at, id);
CREATE INDEX IF NOT EXISTS todos_created_at ON todos (created_at, id);

CREATE TABLE IF NOT EXISTS todo_tags (
  todo_id  integer NOT NULL REFERENCES todos ON DELETE CASCADE,
  name     text COLLATE "C" NOT NULL CHECK (char_length(name) BETWEEN 1 AND 30),
  position smallint NOT NULL,
  PRIMARY KEY (todo_id, name)
);
CREATE INDEX IF NOT EXISTS todo_tags_name ON todo_tags (name);
COMMIT;
