CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE IF NOT EXISTS authors (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Titles are ordered by code point, whatever language the database is set to.
CREATE TABLE IF NOT EXISTS books (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  isbn text NOT NULL UNIQUE CHECK (isbn ~ '^[0-9]{13}$'),
  title text COLLATE "C" NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  genre text NOT NULL CHECK (genre IN ('novel', 'crime', 'poetry', 'science', 'history', 'children')),
  price numeric(7, 2) NOT NULL CHECK (price >= 0),
  stock integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT books_stock CHECK (stock BETWEEN 0 AND 1000000)
);
CREATE INDEX IF NOT EXISTS books_title ON books (title, id);
CREATE INDEX IF NOT EXISTS books_price ON books (price, id);
CREATE INDEX IF NOT EXISTS books_genre ON books (genre, id);
CREATE INDEX IF NOT EXISTS books_sold_out ON books (id) WHERE stock = 0;
-- Finds a text anywhere in a title, by its groups of three letters.
CREATE INDEX IF NOT EXISTS books_search ON books USING gin (title gin_trgm_ops);

CREATE TABLE IF NOT EXISTS book_authors (
  book_id integer NOT NULL REFERENCES books ON DELETE CASCADE,
  author_id integer NOT NULL REFERENCES authors,
  position integer NOT NULL,
  PRIMARY KEY (book_id, author_id)
);
CREATE INDEX IF NOT EXISTS book_authors_author ON book_authors (author_id, book_id);

CREATE TABLE IF NOT EXISTS orders (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer text NOT NULL CHECK (char_length(customer) BETWEEN 1 AND 120),
  status text NOT NULL DEFAULT 'placed' CHECK (status IN ('placed', 'cancelled')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS orders_customer ON orders (customer, id);
CREATE INDEX IF NOT EXISTS orders_status ON orders (status, id);

-- The price is that of one copy when the order was placed.
CREATE TABLE IF NOT EXISTS order_lines (
  order_id integer NOT NULL REFERENCES orders,
  position integer NOT NULL,
  book_id integer NOT NULL REFERENCES books,
  copies integer NOT NULL CHECK (copies BETWEEN 1 AND 1000),
  price numeric(7, 2) NOT NULL CHECK (price >= 0),
  PRIMARY KEY (order_id, position)
);
CREATE INDEX IF NOT EXISTS order_lines_book ON order_lines (book_id, order_id);
