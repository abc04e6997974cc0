CREATE TABLE IF NOT EXISTS accounts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  currency text NOT NULL CHECK (currency IN ('EUR', 'USD', 'GBP')),
  balance numeric(18, 2) NOT NULL DEFAULT 0 CHECK (balance < 1000000000000000),
  overdraft_limit numeric(18, 2) NOT NULL DEFAULT 0 CHECK (overdraft_limit >= 0),
  reference text CHECK (char_length(reference) <= 140),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (balance >= -overdraft_limit)
);
CREATE INDEX IF NOT EXISTS accounts_currency ON accounts (currency, position);

-- Money that moved: from one account to another (a transfer), or from outside into an account (a deposit).
CREATE TABLE IF NOT EXISTS movements (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  from_account_id uuid REFERENCES accounts,
  to_account_id uuid NOT NULL REFERENCES accounts,
  amount numeric(18, 2) NOT NULL CHECK (amount > 0),
  memo text CHECK (char_length(memo) <= 140),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (from_account_id <> to_account_id)
);
CREATE INDEX IF NOT EXISTS movements_from_account ON movements (from_account_id, position);
CREATE INDEX IF NOT EXISTS movements_to_account ON movements (to_account_id, position);
CREATE INDEX IF NOT EXISTS movements_transfers ON movements (position) WHERE from_account_id IS NOT NULL;

-- What a movement did to one account. A transfer has two entries, a deposit has one.
CREATE TABLE IF NOT EXISTS entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  movement_id uuid NOT NULL REFERENCES movements,
  account_id uuid NOT NULL REFERENCES accounts,
  amount numeric(18, 2) NOT NULL CHECK (amount <> 0),
  balance_after numeric(18, 2) NOT NULL,
  UNIQUE (movement_id, account_id)
);
CREATE INDEX IF NOT EXISTS entries_account ON entries (account_id, id);

-- The answer is filled in by the transaction that claims the key, so that no other transaction ever sees it empty.
CREATE TABLE IF NOT EXISTS idempotency_keys (
  key text PRIMARY KEY,
  request jsonb NOT NULL,
  status smallint,
  location text,
  body text,
  created_at timestamptz NOT NULL DEFAULT now()
);
