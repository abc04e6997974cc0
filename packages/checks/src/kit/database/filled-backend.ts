import type { Exchange, ProbeContext, RequestSpec, Statement } from '@assay/contract';
import { type Made, Setup, SetupFailed } from '../setup/setup.ts';
import { catalogOf, type Table } from './catalog.ts';
import { makeLinks } from './links.ts';
import { type Multiplied, multiply } from './multiply.ts';
import { rowCounts } from './new-rows.ts';
import { isHousekeeping } from './sql-template.ts';

/** How many things of each kind are made through the contract, for their rows to be multiplied. */
const each = 16;

export interface FilledBackend extends Multiplied {
  readonly setup: Setup;
  readonly made: readonly Made[];
  readonly tables: readonly Table[];
  /** Schemas beside `public` in which the backend keeps tables. */
  readonly schemas: readonly string[];
  /** Why not everything could be made; null when it could. */
  readonly trouble: string | null;
}

/** Makes things of each kind through the contract, and links between them, and then many rows in every table that grew by it. Needs an instance of its own. */
export async function filledBackend(context: ProbeContext): Promise<FilledBackend> {
  const { backend } = context;
  const setup = new Setup(context);
  const tables = await catalogOf(backend);
  const before = await rowCounts(backend, tables);
  const made: Made[] = [];
  let trouble: string | null = null;
  // By turns: where there may be few of a kind (five cards for a customer), what refers to them is made while more can be.
  const makeable = new Map(
    context.shape.resources.flatMap(({ name, create }) => (create === null ? [] : [[name, create]])),
  );
  for (let round = 0; round < each; round += 1)
    for (const [name, create] of makeable) {
      if (context.signal.aborted) break;
      if (round === 0) context.progress(create);
      try {
        made.push(await (round % 4 === 1 ? setup.makeExemplary(name) : setup.make(name)));
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
        makeable.delete(name);
      }
    }
  await makeLinks(context, setup);
  const after = await rowCounts(backend, tables);
  const grown = tables.filter(({ key }) => (after.get(key) ?? 0) > (before.get(key) ?? 0));
  context.progress('many rows');
  const multiplied = await multiply(backend, tables, grown);
  const schemas = [...new Set(tables.flatMap(({ name }) => (name.includes('.') ? [name.split('.')[0] ?? ''] : [])))];
  return { ...multiplied, setup, made, tables, schemas, trouble };
}

/** What one request made the backend ask its database, alone in flight. */
export async function statementsOf(
  context: ProbeContext,
  request: RequestSpec,
): Promise<{ readonly exchange: Exchange; readonly statements: readonly Statement[] }> {
  const { wire } = context.backend;
  if (wire === null) throw new Error('the database is not watched');
  await wire.idle(20, context.signal);
  const mark = wire.mark();
  const exchange = await context.backend.send(request);
  await wire.idle(20, context.signal);
  return {
    exchange,
    statements: wire.since(mark).filter(({ text, error }) => !isHousekeeping(text) && error === undefined),
  };
}
