/** The functions that a question's `data` may call; docs/questions.md lists them. Each draws anew for every row. */
export const fillFunctions = `
CREATE SCHEMA fill;
CREATE FUNCTION fill.number(low numeric, high numeric) RETURNS int VOLATILE LANGUAGE sql
  AS 'SELECT floor(low + random() * (high - low + 1))::int';
CREATE FUNCTION fill.amount(low numeric, high numeric) RETURNS numeric VOLATILE LANGUAGE sql
  AS 'SELECT round((low + random() * (high - low))::numeric, 2)';
CREATE FUNCTION fill.chance(share float8) RETURNS boolean VOLATILE LANGUAGE sql AS 'SELECT random() < share';
CREATE FUNCTION fill.pick(VARIADIC words text[]) RETURNS text VOLATILE LANGUAGE sql
  AS 'SELECT words[1 + floor(random() * cardinality(words))::int]';
CREATE FUNCTION fill.day(first date, days int) RETURNS date VOLATILE LANGUAGE sql AS 'SELECT first + floor(random() * days)::int';
CREATE FUNCTION fill.moment(first timestamptz, days int) RETURNS timestamptz VOLATILE LANGUAGE sql
  AS $$SELECT date_trunc('second', first + random() * days * interval '1 day')$$;
`;

/** A function that picks one of these words. */
export function wordFunction(name: string, words: readonly string[]): string {
  const list = words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ');
  return `CREATE FUNCTION fill.${name}() RETURNS text VOLATILE LANGUAGE sql AS $$SELECT fill.pick(${list})$$;`;
}
