import {
  bodyJson,
  type Exchange,
  isJsonObject,
  type Json,
  type ProbeContext,
  type RequestCase,
  valueAt,
} from '@assay/contract';
import { unwrapped } from '../answers/counterpart.ts';
import { thingIn } from '../requests/wrapped-body.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { catalogOf, type Table } from './catalog.ts';
import { copiesIn } from './copies.ts';
import { rowsSince, type StoredRow, transactionMark } from './new-rows.ts';
import { isSameValue } from './same-value.ts';

/** How many things of each kind are made: what two columns hold alike by chance once they seldom do so each time. */
const each = 6;

/** One thing that was made, and the rows that its request left. */
export interface Written {
  readonly id: Json;
  readonly sent: Readonly<Record<string, Json>>;
  readonly answered: Readonly<Record<string, Json>>;
  /** The ids of other things that the request carried: resource, the name of the place, and the id. */
  readonly references: readonly Reference[];
  readonly rows: readonly StoredRow[];
  readonly exchange: Exchange;
}

export interface Reference {
  readonly resource: string;
  readonly name: string;
  readonly id: Json;
}

/** A property of the contract and the column that keeps it: their names agree, and so did their values every time. */
export interface Correspondence {
  readonly property: string;
  readonly table: string;
  readonly column: string;
  /** In the request, or in the answer alone. */
  readonly from: 'sent' | 'answered';
}

export interface WrittenResource {
  readonly resource: string;
  readonly operation: string;
  readonly written: readonly Written[];
  readonly columns: readonly Correspondence[];
  /** The table that keeps most of its properties; null when that cannot be told. */
  readonly table: string | null;
}

export interface Writes {
  readonly tables: readonly Table[];
  readonly resources: readonly WrittenResource[];
  /** The statements that inserted, each text once, as far back as the wire remembers. */
  readonly inserts: readonly string[];
  readonly trouble: string | null;
}

/** What each create operation leaves in which table, seen in the database. Several checks share it. */
export function writes(context: ProbeContext): Promise<Writes> {
  return context.shared('writes', record);
}

async function record(context: ProbeContext): Promise<Writes> {
  const setup = new Setup(context);
  const tables = await catalogOf(context.backend);
  const copies = copiesIn(tables);
  const resources: WrittenResource[] = [];
  let trouble: string | null = null;
  for (const { name, create } of context.shape.resources) {
    if (create === null || context.signal.aborted || !canBegin(context, setup, create)) continue;
    context.progress(create);
    try {
      const written: Written[] = [];
      for (let round = 0; round < each; round += 1)
        written.push(await writeOne(context, setup, tables, name, create, round % 2 === 1));
      const columns = correspondences(written, copies);
      resources.push({ resource: name, operation: create, written, columns, table: mainTable(columns, written) });
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble = error.message;
    }
  }
  return { tables, resources, inserts: insertsSeen(context), trouble };
}

function insertsSeen({ backend }: ProbeContext): readonly string[] {
  const taken = (backend.wire?.statements() ?? []).filter(({ error }) => error === undefined);
  return [...new Set(taken.map(({ text }) => text).filter((text) => /\binsert\b/i.test(text)))];
}

/** False for what stands under things that the contract lets nobody create. */
function canBegin({ shape }: ProbeContext, setup: Setup, create: string): boolean {
  const above = setup.bindingsOf(create).filter(({ target }) => target.startsWith('path:'));
  return above.every(({ resource }) => shape.resources.find(({ name }) => name === resource)?.create !== null);
}

async function writeOne(
  context: ProbeContext,
  setup: Setup,
  tables: readonly Table[],
  resource: string,
  create: string,
  exemplary: boolean,
): Promise<Written> {
  const bindings = setup.bindingsOf(create);
  // Others to refer to each time: an id that is always the same could stand anywhere.
  for (const other of new Set(bindings.map((binding) => binding.resource)))
    if (other !== resource) await setup.makeExemplary(other);
  const mark = await transactionMark(context.backend);
  const requests: RequestCase[] = [];
  const keep = (bound: RequestCase): RequestCase => {
    requests.push(bound);
    return bound;
  };
  // What the contract's example has is often more than what is made up: every second thing is made by it.
  const made = await (exemplary ? setup.makeExemplary(resource, keep) : setup.make(resource, keep));
  const request = requests.at(-1);
  const body = request?.body?.value as Json | undefined;
  return {
    id: made.id,
    sent: thingIn(body).thing,
    answered: answerOf(made.exchange),
    references: bindings.flatMap(({ target, resource: other }) => {
      const id = request === undefined ? undefined : boundValue(request, target);
      return id === undefined ? [] : [{ resource: other, name: nameOf(target), id }];
    }),
    rows: await rowsSince(context.backend, tables, mark),
    exchange: made.exchange,
  };
}

/** The thing as the answer shows it, out of what it is wrapped in. */
function answerOf(exchange: Exchange): Readonly<Record<string, Json>> {
  const body = bodyJson(exchange.response?.body) as Json | undefined;
  const thing = body === undefined ? body : unwrapped(body);
  return isJsonObject(thing) ? thing : {};
}

function boundValue(request: RequestCase, target: string): Json | undefined {
  const name = target.slice(target.indexOf(':') + 1);
  if (target.startsWith('path:')) return request.path[name] as Json | undefined;
  const body = request.body?.value as Json | undefined;
  return target.startsWith('body:') && body !== undefined ? valueAt(body, name) : undefined;
}

/** `body:/items/0/bookId` → `bookId`; `body:/author/id` → `author/id`. */
function nameOf(target: string): string {
  const parts = target
    .slice(target.indexOf(':') + 1)
    .split('/')
    .filter((part) => part !== '' && !/^\d+$/.test(part));
  return /^_?id$/i.test(parts.at(-1) ?? '') ? parts.slice(-2).join('/') : (parts.at(-1) ?? '');
}

/** `dueAt`, `due_at` and `DueAt` are one name. */
export function plainName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** @param copies tables that keep what is in another one, once more */
function correspondences(written: readonly Written[], copies: ReadonlySet<string>): readonly Correspondence[] {
  const [first] = written;
  if (first === undefined) return [];
  const found: Correspondence[] = [];
  for (const from of ['sent', 'answered'] as const) {
    for (const property of new Set(written.flatMap((one) => Object.keys(one[from])))) {
      if (found.some((other) => other.property === property)) continue;
      for (const table of new Set(first.rows.map((row) => row.table)).difference(copies)) {
        const column = Object.keys(first.rows.find((row) => row.table === table)?.values ?? {}).find(
          (name) => plainName(name) === plainName(property),
        );
        if (column !== undefined && agreesEachTime(written, from, property, table, column))
          found.push({ property, table, column, from });
      }
    }
  }
  return found;
}

/** Whenever the property is known, a row of the table has its value in the column, and at least one value says something. */
function agreesEachTime(
  written: readonly Written[],
  from: 'sent' | 'answered',
  property: string,
  table: string,
  column: string,
): boolean {
  let telling = 0;
  for (const one of written) {
    const rows = one.rows.filter((row) => row.table === table);
    const value = one[from][property];
    if (value === undefined) continue;
    if (!rows.some((row) => isSameValue(value, row.values[column] ?? null))) return false;
    if (value !== null && value !== '') telling += 1;
  }
  return telling > 0;
}

/** Where most of what was sent is kept. */
function mainTable(columns: readonly Correspondence[], written: readonly Written[]): string | null {
  const counts = new Map<string, number>();
  for (const { table } of columns) counts.set(table, (counts.get(table) ?? 0) + 1);
  const [best, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] === second?.[1]) return null;
  const once = written.every(({ rows }) => rows.filter(({ table }) => table === best[0]).length === 1);
  return once ? best[0] : null;
}
