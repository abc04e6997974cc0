/**
 * What databases and their clients say, word for word. A sentence that an API may write by itself (`Column 'name' cannot be null`, `Data too long for column 'name' at
 * row 3` of an import) is none: it takes a code, a name of the library, or a quoted name in a form that only one of them has.
 */
export const databaseErrors: readonly RegExp[] = [
  // PostgreSQL and its clients.
  /SQLSTATE\[\w{5}\]|\bpsycopg\d?\.\w|ERROR:\s+\w(?:(?!ERROR:).)* at character \d+/,
  /\bsyntax error at or near "|relation "[^"]+" does not exist|column "[^"]+" does not exist/,
  /violates (?:unique|foreign key|check|exclusion) constraint "/,
  /\bnull value in column "[^"]+"(?: of relation "[^"]+")? violates not-null constraint/,
  /invalid input syntax for type|\bvalue too long for type character(?: varying)?\(\d+\)/,
  /\bvalue "[^"]*" is out of range for type (?:smallint|integer|bigint|real|double precision)\b/,
  /\binvalid byte sequence for encoding "/,
  // SQLite and its clients.
  /\b(?:UNIQUE|NOT NULL) constraint failed: \w+\.\w|\bFOREIGN KEY constraint failed\b|\bCHECK constraint failed: \w/,
  /\bSQLITE_(?:ERROR|CONSTRAINT|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|FULL|MISMATCH|MISUSE|RANGE|TOOBIG|NOTADB|IOERR)/,
  /\bsqlite3?\.\w*Error\b|\bSqliteError\b|\bnear "[^"]*": syntax error/,
  // MySQL, MariaDB and their clients.
  /\bDuplicate entry '[^']*' for key '|\bTable '\w+\.\w+' doesn't exist|\bYou have an error in your SQL syntax\b/,
  /\bUnknown column '[^']*' in '(?:field list|where clause|order clause|on clause|having clause|group statement)'/i,
  /\bCannot (?:add or update a child|delete or update a parent) row: a foreign key constraint fails\b/,
  /\bER_(?:DUP_ENTRY|BAD_NULL_ERROR|BAD_FIELD_ERROR|NO_SUCH_TABLE|NO_DEFAULT_FOR_FIELD|DATA_TOO_LONG|PARSE_ERROR|NO_REFERENCED_ROW|ROW_IS_REFERENCED|TRUNCATED_WRONG_VALUE|WARN_DATA_OUT_OF_RANGE|LOCK_DEADLOCK|ACCESS_DENIED_ERROR)|\(1\d{3}, "(?:Column|Duplicate|Unknown|Data|Table|Cannot|Incorrect|Out of range|Field) /,
  // SQL Server.
  /\bViolation of (?:UNIQUE|PRIMARY) KEY constraint '|\bCannot insert the value NULL into column '/,
  // What stands between a program and its database.
  /\bInvalid `[\w.$]+\(\)` invocation\b|\bPrismaClient\w*Error\b/,
  /\b(?:Unique|Foreign key) constraint (?:failed|violated) on the (?:fields?|constraint): \(?`|\bNull constraint violation on the fields: \(`/,
  /\bSequelize\w*Error\b|\bE11000 duplicate key error\b/,
];
