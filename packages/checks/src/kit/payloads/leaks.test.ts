import { describe, expect, it } from 'vitest';
import { findLeak } from './leaks.ts';

describe('findLeak', () => {
  it.each([
    [
      'a JavaScript stack trace',
      'Error: no\n    at Object.handle (/srv/app/src/todos.js:12:9)\n    at next (node:internal/x:1:2)',
    ],
    ['a JavaScript stack trace', '{"stack":"TypeError: x\\n    at async file:///srv/app/server.js:3:1"}'],
    ['a Python traceback', 'Traceback (most recent call last):\n  File "/srv/app/views.py", line 3, in get'],
    ['a Python traceback', '<td>File "todos/views.py", line 41</td>'],
    ['a Java stack trace', 'at com.example.Todos.read(Todos.java:41)'],
    ['a Java stack trace', 'java.lang.IllegalStateException: no\n\tat com.example.Todos.read(Todos.java:41)'],
    ['the name of a Java exception', 'org.postgresql.util.PSQLException: ERROR'],
    ['the name of a Java exception', '(java.time.format.DateTimeParseException) Text 1 could not be parsed'],
    ['a PHP error', 'Fatal error: Uncaught TypeError in /srv/app/index.php on line 3'],
    ['a PHP error', '#0 /srv/app/index.php(12): Todos->read()'],
    ['a PHP error', 'PDOException: could not find driver'],
    ['a PHP error', '{"exception":"PDOException","code":500}'],
    ['a PHP error', 'Uncaught PDOException in \\/srv\\/app\\/index.php:3'],
    ['a Go panic', 'panic: nil\n\ngoroutine 1 [running]:'],
    ['a database error', 'SQLSTATE[22003]: Numeric value out of range'],
    ['a database error', 'duplicate key value violates unique constraint "todos_pkey"'],
    ['a database error', 'invalid input syntax for type integer: "abc"'],
    ['a database error', 'null value in column "title" of relation "todos" violates not-null constraint'],
    ['a database error', 'value too long for type character varying(20)'],
    ['a database error', 'value "99999999999" is out of range for type integer'],
    ['a database error', 'invalid byte sequence for encoding "UTF8": 0x00'],
    ['a database error', 'SqliteError: no such table: todos'],
    ['a database error', 'sqlite3.OperationalError: no such column: titel'],
    ['a database error', 'UNIQUE constraint failed: users.email'],
    ['a database error', 'NOT NULL constraint failed: todos.title'],
    ['a database error', 'FOREIGN KEY constraint failed'],
    ['a database error', '{"code":"SQLITE_CONSTRAINT_UNIQUE"}'],
    ['a database error', 'near "FORM": syntax error'],
    ['a database error', "Duplicate entry 'ann@example.com' for key 'users.email'"],
    ['a database error', "Table 'shop.users' doesn't exist"],
    ['a database error', "Unknown column 'titel' in 'field list'"],
    ['a database error', 'You have an error in your SQL syntax; check the manual'],
    ['a database error', `(1048, "Column 'title' cannot be null")`],
    ['a database error', '{"code":"ER_BAD_NULL_ERROR","errno":1048}'],
    ['a database error', 'Cannot add or update a child row: a foreign key constraint fails (`shop`.`orders`)'],
    ['a database error', "Violation of UNIQUE KEY constraint 'UQ_Users_Email'."],
    ['a database error', 'Invalid `prisma.user.create()` invocation:'],
    ['a database error', 'Unique constraint failed on the fields: (`email`)'],
    ['a database error', 'Foreign key constraint failed on the field: `posts_authorId_fkey (index)`'],
    ['a database error', 'Invalid `this.prisma.$queryRaw()` invocation in'],
    ['a database error', '{"name":"PrismaClientKnownRequestError"}'],
    ['a database error', 'E11000 duplicate key error collection: shop.users index: email_1 dup key'],
    ['a .NET stack trace', '   at Shop.Controllers.Todos.Get(Int32 id) in /src/Controllers/Todos.cs:line 41'],
    ['a .NET stack trace', 'System.NullReferenceException: Object reference not set to an instance of an object.'],
    ['a .NET stack trace', 'Npgsql.PostgresException (0x80004005): 23505'],
    ['a debug page of Werkzeug', "<title>KeyError: 'id' // Werkzeug Debugger</title>"],
    ['an SQL statement', 'Failed: SELECT id, title FROM todos WHERE id = $1'],
    ['an SQL statement', 'insert failed: INSERT INTO todos (title) VALUES (?)'],
    ['an SQL statement', `SELECT ${'t0.a AS a0, '.repeat(200)}t0.id FROM todos t0 WHERE t0.id = ?`],
    ['an SQL statement', 'SELECT a FROM (SELECT b FROM c WHERE d = 1)'],
    ['a PHP error', 'Warning: Notice of a page in /srv/app/index.php'],
  ])('sees %s', (what, text) => {
    const leak = findLeak(text);
    expect(leak?.what).toBe(what);
    expect(text).toContain(leak?.excerpt);
  });

  it('sees a message whose quotes JSON has escaped', () => {
    const text = JSON.stringify({ detail: 'duplicate key value violates unique constraint "sku_key"' });
    expect(findLeak(text)).toMatchObject({ what: 'a database error', excerpt: expect.stringContaining('"sku_key"') });
  });

  it('sees what a page has escaped', () => {
    const stack =
      '<pre>TypeError: no<br> &nbsp; &nbsp;at Object.handle (/srv/app/todos.js:12:9)<br> &nbsp; &nbsp;at next (/srv/a.js:1:2)</pre>';
    expect(findLeak(stack)).toMatchObject({
      what: 'a JavaScript stack trace',
      excerpt: expect.stringContaining('at Object.handle (/srv/app/todos.js:12:9)'),
    });
    for (const line of [
      'relation &quot;todos&quot; does not exist',
      'Duplicate entry &#39;a&#39; for key &#39;users.email&#39;',
    ])
      expect(findLeak(`<pre>Error: ${line}</pre>`)).toMatchObject({ what: 'a database error' });
  });

  it('sees words that only the inside was told, wherever they stand', () => {
    expect(findLeak('{"detail":"assayfault7 happened"}', ['zz', 'assayfault7'])).toEqual({
      what: 'the text of a database error',
      excerpt: '{"detail":"assayfault7 happened"}',
    });
    expect(findLeak('{"detail":"Something went wrong."}', ['assayfault7'])).toBeNull();
  });

  it.each([
    '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is no todo 7."}',
    // FastAPI's words for an invalid body: meant for the client.
    '{"detail":[{"type":"int_parsing","loc":["query","limit"],"msg":"Input should be a valid integer","input":"abc"}]}',
    '{"message":"Select a value from the list, or update it and set another one where you like"}',
    '{"code":9999,"message":"PDOException occurred (enable debug mode)"}',
    '{"error":"Meet me at Café (12:30:15)"}',
    '{"error":"Warning: your plan ends in 3 days"}',
    '<!DOCTYPE html><title>Error</title><pre>Cannot GET /assay-no-such-path</pre>',
    '{"error":"Unexpected token } in JSON at position 12"}',
    '{"detail":"The relation between a and b is not known."}',
    '{"title":"Enter a value."}',
    '{"email":["Enter a valid email address."],"age":["Ensure this value is less than or equal to 120."]}',
    '{"error":"\\"title\\" must not be null"}',
    `{"error":"Column 'title' cannot be null"}`,
    `{"error":"Data too long for column 'name' at row 3"}`,
    `{"error":"Incorrect value for column 'price' at row 3"}`,
    '{"error":"integer out of range"}',
    '{"error":"The value 99999999999 is out of range for an integer"}',
    '{"error":"value too long for type title: at most 200 characters"}',
    '{"error":"no such table: 12"}',
    '{"error":"no such table: terrace"}',
    '{"error":"no such column: titel"}',
    `{"error":"Table 'terrace' doesn't exist"}`,
    `{"error":"Duplicate entry 'a' for field 'name'"}`,
    '{"error":"Unique constraint failed on name"}',
    '{"error":"The unique constraint on email is violated: it is taken"}',
    '{"error":"database must be one of POSTGRES, SQLITE, MYSQL"}',
    '{"errors":{"$.done":["The JSON value could not be converted to System.Boolean. Path: $.done"]}}',
    '{"error":"ORDER_NOT_FOUND","code":"USER_TAKEN"}',
    '{"error":"Exception: the shop is closed in July"}',
    '{"error":"Meet at Rome (Termini) in July"}',
    '<p>Enter a value for &quot;title&quot;<br>&nbsp;at most 20 characters</p>',
    '{"code":"ER_USER_NOT_FOUND","error":"Invalid `title`"}',
  ])('takes %s for what an API says on purpose', (text) => {
    expect(findLeak(text)).toBeNull();
  });

  it.each([
    'SELECT a FROM ',
    'SELECT FROM ',
    'INSERT INTO t ',
    ' at ',
    ' ',
    'java.',
    'System.',
    'Warning in /',
    'ERROR: a ',
    '<br ',
  ])('reads a megabyte of %j and ends', (piece) => {
    expect(findLeak(piece.repeat(1_000_000 / piece.length))).toBeNull();
  });

  it('shows no more of a long text than there is need for', () => {
    const stack = `Error\n    at x (/srv/${'a'.repeat(5000)}/b.js:1:1)`;
    expect(findLeak(stack)?.excerpt.length).toBeLessThan(250);
  });
});
