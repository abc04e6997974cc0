CREATE TABLE IF NOT EXISTS users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  email text NOT NULL CHECK (char_length(email) <= 200),
  password_hash text NOT NULL,
  role text NOT NULL DEFAULT 'author' CHECK (role IN ('author', 'admin')),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
  bio text CHECK (char_length(bio) <= 500),
  avatar_url text CHECK (char_length(avatar_url) <= 200),
  website text CHECK (char_length(website) <= 200),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX IF NOT EXISTS users_email ON users (lower(email));

-- Failed attempts to sign in since the first of them, for addresses that somebody has and for others.
CREATE TABLE IF NOT EXISTS login_attempts (
  email text PRIMARY KEY,
  attempts integer NOT NULL,
  first_at timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS articles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  author_id uuid NOT NULL REFERENCES users,
  slug text NOT NULL UNIQUE CHECK (char_length(slug) <= 80),
  title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  text text NOT NULL CHECK (char_length(text) <= 10000),
  tags jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(tags) = 'array'),
  status text NOT NULL CHECK (status IN ('draft', 'published')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  words tsvector GENERATED ALWAYS AS (to_tsvector('simple', title || ' ' || text)) STORED
);
CREATE INDEX IF NOT EXISTS articles_author ON articles (author_id, position);
CREATE INDEX IF NOT EXISTS articles_published ON articles (position) WHERE status = 'published';
CREATE INDEX IF NOT EXISTS articles_tags ON articles USING gin (tags jsonb_path_ops);
CREATE INDEX IF NOT EXISTS articles_words ON articles USING gin (words);

CREATE TABLE IF NOT EXISTS comments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  article_id uuid NOT NULL REFERENCES articles ON DELETE CASCADE,
  author_id uuid NOT NULL REFERENCES users,
  text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS comments_article ON comments (article_id, position);
CREATE INDEX IF NOT EXISTS comments_author ON comments (author_id);

CREATE TABLE IF NOT EXISTS files (
  name text PRIMARY KEY CHECK (char_length(name) <= 80),
  owner_id uuid NOT NULL REFERENCES users,
  text text NOT NULL CHECK (char_length(text) <= 10000),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS files_owner ON files (owner_id);
