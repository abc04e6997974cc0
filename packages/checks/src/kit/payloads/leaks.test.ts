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
    ['a Java stack trace', 'org.postgresql.util.PSQLException: ERROR'],
    ['a PHP error', 'Fatal error: Uncaught TypeError in /srv/app/index.php on line 3'],
    ['a PHP error', '#0 /srv/app/index.php(12): Todos->read()'],
    ['a Go panic', 'panic: nil\n\ngoroutine 1 [running]:'],
    ['a database error', 'SQLSTATE[22003]: Numeric value out of range'],
    ['a database error', 'duplicate key value violates unique constraint "todos_pkey"'],
    ['a database error', 'invalid input syntax for type integer: "abc"'],
    ['an SQL statement', 'Failed: SELECT id, title FROM todos WHERE id = $1'],
    ['an SQL statement', 'insert failed: INSERT INTO todos (title) VALUES (?)'],
  ])('sees %s', (what, text) => {
    const leak = findLeak(text);
    expect(leak?.what).toBe(what);
    expect(text).toContain(leak?.excerpt);
  });

  it('sees a message whose quotes JSON has escaped', () => {
    const text = JSON.stringify({ detail: 'duplicate key value violates unique constraint "sku_key"' });
    expect(findLeak(text)).toMatchObject({ what: 'a database error', excerpt: expect.stringContaining('"sku_key"') });
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
    '{"error":"Meet me at Café (12:30:15)"}',
    '{"error":"Warning: your plan ends in 3 days"}',
    '<!DOCTYPE html><title>Error</title><pre>Cannot GET /assay-no-such-path</pre>',
    '{"error":"Unexpected token } in JSON at position 12"}',
    '{"detail":"The relation between a and b is not known."}',
  ])('takes %s for what an API says on purpose', (text) => {
    expect(findLeak(text)).toBeNull();
  });

  it('shows no more of a long text than there is need for', () => {
    const stack = `Error\n    at x (/srv/${'a'.repeat(5000)}/b.js:1:1)`;
    expect(findLeak(stack)?.excerpt.length).toBeLessThan(250);
  });
});
