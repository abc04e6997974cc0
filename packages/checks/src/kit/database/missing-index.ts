import type { Instance, JsonObject } from '@assay/contract';
import { alternativesIn } from './alternatives.ts';
import { candidateIndex, candidateIndexes, candidateScans, withCandidate } from './candidate-index.ts';
import type { Table } from './catalog.ts';
import { pagesOf, type Plan, planOf, scans } from './plan.ts';
import { identifier } from './quote.ts';
import { singleValues } from './single-values.ts';

/** How many times fewer pages of the table an index must leave to look at … */
const fewerPages = 10;
/** … and how many times cheaper the planner must then think the whole statement, with all that the index has nothing to do with. */
const cheaper = 2;
/** A result of more rows than this is no longer few. */
const fewRows = 200;
/** Where more rows than this are looked at in an index, it is read through and not looked up: it is only narrower than its table. */
const readThrough = 2000;

/** An index that there is not, and what it would make of a statement. */
export interface MissingIndex {
  readonly table: string;
  /** As in CREATE INDEX: columns, or an expression. */
  readonly on: readonly string[];
  /** Each column has to have an index of its own, as both sides of an OR do. */
  readonly isEach: boolean;
  readonly before: Plan;
  readonly after: Plan;
  /** Pages of the table and its indexes that were looked at. */
  readonly pages: { readonly before: number; readonly after: number };
  /** Whether the index leads to any row at all, or each of the indexes does. */
  readonly finds: boolean;
}

/**
 * The index that a statement lacks: one that, made in a transaction which is rolled back, the planner uses, and with which the statement
 * looks at a tenth of the table's pages or less. Null when there is none. Throws what PostgreSQL throws on the statement, and where its plan
 * is not the backend's.
 */
export async function missingIndex(
  instance: Instance,
  schemas: readonly string[],
  large: readonly Table[],
  statement: string,
): Promise<MissingIndex | null> {
  const before = await planOf(instance, schemas, statement);
  // Planned without the policies, it is another statement.
  const apart = large.find((table) => table.rowSecurity && before.nodes.some((node) => scans(node, table)));
  if (apart !== undefined) throw new Error(`policies hold for ${apart.name}`);
  if (before.rows > fewRows) return null;
  let best: MissingIndex | null = null;
  for (const candidate of candidates(before, large, await singleValues(instance))) {
    const { table, on, isEach } = candidate;
    const after = await planWith(instance, schemas, statement, candidate);
    if (after === null) continue;
    const pages = {
      before: pagesOf(before, table),
      after: pagesOf(after, withCandidate(table, isEach ? on.length : 1)),
    };
    const led = candidateScans(after);
    if (led.length === 0 || before.cost < after.cost * cheaper) continue;
    const rows = lookedAt(led);
    if (rows > readThrough) continue;
    if (pages.before < 50 || pages.before < pages.after * fewerPages) continue;
    if (best === null || pages.after < best.pages.after * 0.8)
      best = { table: table.name, on, isEach, before, after, pages, finds: isEach ? eachFinds(led) : rows > 0 };
  }
  return best;
}

/** The plan with an index; null where such an index cannot be made: not every type has an order, and a long text is too long for it. */
async function planWith(
  instance: Instance,
  schemas: readonly string[],
  statement: string,
  { table, on, isEach }: Candidate,
): Promise<Plan | null> {
  // Of an expression nothing is known before ANALYZE has looked at it.
  const known = on.some((part) => part.includes('(')) ? [`ANALYZE ${table.key}`] : [];
  try {
    const indexes = isEach ? candidateIndexes(table, on) : candidateIndex(table, on.join(', '));
    return await planOf(instance, schemas, statement, [...indexes, ...known]);
  } catch {
    return null;
  }
}

interface Candidate {
  readonly table: Table;
  readonly on: readonly string[];
  readonly isEach: boolean;
}

/**
 * Indexes that could help: on what the plan filters, joins and sorts by, of large tables that it goes through row by row.
 * @param single columns with one value in the whole table
 */
function candidates(plan: Plan, large: readonly Table[], single: ReadonlySet<string>): readonly Candidate[] {
  const conditions = plan.nodes.flatMap((node) =>
    ['Filter', 'Join Filter', 'Hash Cond', 'Merge Cond', 'Index Cond'].flatMap((key) => String(node[key] ?? '')),
  );
  const sorts = plan.nodes.flatMap((node) => (Array.isArray(node['Sort Key']) ? [node['Sort Key'].map(String)] : []));
  const found: Candidate[] = [];
  for (const node of plan.nodes) {
    const table = large.find((each) => scans(node, each));
    if (table === undefined || !isThorough(node, plan, table)) continue;
    const aliases = aliasesOf(node, table);
    if (isOwners(table, aliases) || isReached(table, aliases)) continue;
    const filtered = [
      ...table.columns
        .map(({ name: column }) => column)
        .filter((column) => conditions.some((text) => mentions(text, aliases, column)))
        .map(identifier),
      ...expressions(conditions, aliases),
    ].slice(0, 5);
    // An order that an index begins with, be it in the other direction, was thought of: two indexes for it may be one too many.
    const order = sorts.map((keys) => sortedBy(keys, aliases)).find((keys) => keys !== null && !isOrdered(table, keys));
    const sorted = order ?? [];
    const sets = [
      ...filtered.map((column) => [column]),
      ...(sorted.length > 0
        ? [
            sorted,
            ...filtered
              .filter((column) => !sorted.some((key) => key.startsWith(column)))
              .map((column) => [column, ...sorted]),
          ]
        : []),
    ];
    // Each partition asks for the same ones.
    const isNew = (on: readonly string[]): boolean =>
      !found.some((one) => one.table === table && one.on.join() === on.join());
    found.push(
      ...sets.filter((on) => !isThere(table, on) && isNew(on)).map((on) => ({ table, on, isEach: false })),
      ...eitherOf(String(node['Filter'] ?? ''), table, aliases)
        .filter(isNew)
        .map((on) => ({ table, on, isEach: true })),
    );
  }
  return found.slice(0, 10);

  /** Everything is of one owner here, and an index leads to an owner's rows: that there are so many to look through or to sort is our doing. */
  function isOwners(table: Table, aliases: readonly string[]): boolean {
    return table.indexes.some(
      ({ columns: [column] }) =>
        column != null &&
        single.has(`${table.key}.${identifier(column)}`) &&
        conditions.some((text) => asksFor(text, aliases, column)),
    );
  }

  /** The same where an owner's rows are found in a table beside it, as memberships, and this one's by what those refer to. */
  function isReached(table: Table, aliases: readonly string[]): boolean {
    const owned = plan.nodes.flatMap((node) => {
      const other = large.find((each) => each !== table && scans(node, each));
      const names = other === undefined ? [] : aliasesOf(node, other);
      return other !== undefined && isOwners(other, names) ? names : [];
    });
    return conditions.some(
      (text) =>
        owned.some((name) => [name, identifier(name)].some((word) => isNamedIn(text, word))) &&
        table.indexes.some(({ columns: [column] }) => column != null && mentions(text, aliases, column)),
    );
  }
}

/** The columns of each OR that asks for a value in each of them, of which two or more begin no index: one without the other leads nowhere. */
function eitherOf(condition: string, table: Table, aliases: readonly string[]): readonly (readonly string[])[] {
  if (table.partitions.length > 0) return [];
  return alternativesIn(condition).flatMap((sides) => {
    const asked = sides.map((side) => table.columns.find(({ name }) => asksFor(side, aliases, name))?.name);
    const missing = [...new Set(asked)]
      .flatMap((name) => (name === undefined ? [] : [identifier(name)]))
      .filter((column) => !isThere(table, [column]));
    return asked.includes(undefined) || missing.length < 2 ? [] : [missing];
  });
}

/** What a plan calls the table that a node scans. Partitions of `e` are `e_1`, `e_2` where they are scanned, and all of them `e` above that. */
function aliasesOf(node: JsonObject, { partitions }: Table): readonly string[] {
  const alias = String(node['Alias']);
  return partitions.length === 0 ? [alias] : [alias, alias.replace(/_\d+$/, '')];
}

/** Whether a scan looks at a great part of its table, row by row or through an index that does not lead there, for a result of few rows. */
function isThorough(node: JsonObject, plan: Plan, table: Table): boolean {
  const alias = aliasesOf(node, table).at(-1);
  const same = plan.nodes.filter((each) => scans(each, table) && aliasesOf(each, table).at(-1) === alias);
  return plan.rows <= fewRows && (lookedAt(same) >= 5000 || pagesOf(plan, table) >= 100);
}

/** How many rows some nodes of a plan looked at, those too that they threw away. */
function lookedAt(nodes: readonly JsonObject[]): number {
  return nodes.reduce((sum, node) => {
    const rows = Number(node['Actual Rows'] ?? 0) + Number(node['Rows Removed by Filter'] ?? 0);
    return sum + rows * Number(node['Actual Loops'] ?? 1);
  }, 0);
}

/** Whether every index leads to some row: an OR whose other side finds none may ask there for a choice. */
function eachFinds(nodes: readonly JsonObject[]): boolean {
  const scansOf = Map.groupBy(nodes, (node) => String(node['Index Name']));
  return [...scansOf.values()].every((same) => lookedAt(same) > 0);
}

function mentions(text: string, aliases: readonly string[], column: string): boolean {
  return afterEach(text, aliases, column).length > 0;
}

/** Whether the column must be equal to something: `((t.owner_id)::text = 'a'::text)`. */
function asksFor(text: string, aliases: readonly string[], column: string): boolean {
  return afterEach(text, aliases, column).some((rest) => /^\)*(::[a-z ]+\)*)* = /.test(rest));
}

/** Whether a condition speaks of what a plan calls by this name. */
function isNamedIn(text: string, name: string): boolean {
  for (let at = text.indexOf(`${name}.`); at >= 0; at = text.indexOf(`${name}.`, at + 1))
    if (!/[\w$."]/.test(text.charAt(at - 1))) return true;
  return false;
}

/** What follows upon the column in a condition, where it stands there. */
function afterEach(text: string, aliases: readonly string[], column: string): readonly string[] {
  const qualifiers = [...aliases, ...aliases.map(identifier)];
  return qualifiers.flatMap((qualifier) =>
    [column, identifier(column)].flatMap((word) => {
      const at = text.indexOf(`${qualifier}.${word}`);
      const rest = text.slice(at + qualifier.length + 1 + word.length);
      return at >= 0 && !/^[\w$]/.test(rest) && !/[\w$.]/.test(text.charAt(at - 1)) ? [rest] : [];
    }),
  );
}

/** `lower((u.email)::text)` → `lower(("email")::text)`. */
function expressions(conditions: readonly string[], aliases: readonly string[]): readonly string[] {
  return [
    ...new Set(
      conditions.flatMap((text) =>
        [...text.matchAll(/\b(lower|upper)\(\(?"?(\w+)"?\."?(\w+)"?\)?(?:::text)?\)/g)].flatMap(
          ([, call, qualifier, column]) =>
            aliases.includes(qualifier ?? '') && column !== undefined ? [`${call}((${identifier(column)})::text)`] : [],
        ),
      ),
    ),
  ];
}

/** The keys of a sort as an index has them; null when they are not all plain columns of this table. */
function sortedBy(keys: readonly string[], aliases: readonly string[]): readonly string[] | null {
  const found = keys.map((key) => {
    const match = /^\(*"?(\w+)"?\."?(\w+)"?\)*(?:::text\)*)?( COLLATE "[^"]+")?( DESC)?( NULLS (?:FIRST|LAST))?$/.exec(
      key,
    );
    if (match === null || !aliases.includes(match[1] ?? '') || match[2] === undefined) return null;
    const cast = key.includes('::text') ? '::text' : '';
    const column = cast === '' ? identifier(match[2]) : `(${identifier(match[2])}${cast})`;
    return `${column}${match[3] ?? ''}${match[4] ?? ''}${match[5] ?? ''}`;
  });
  return found.every((key) => key !== null) ? found : null;
}

function isOrdered({ indexes }: Table, [first = '']: readonly string[]): boolean {
  return indexes.some(({ columns: [column] }) => column != null && first.includes(identifier(column)));
}

function isThere(table: Table, on: readonly string[]): boolean {
  return table.indexes.some(
    ({ columns, condition }) =>
      condition === null && on.every((key, at) => key === (columns[at] == null ? '' : identifier(columns[at]))),
  );
}
