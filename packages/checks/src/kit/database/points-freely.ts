import { keysOf, type Table } from './catalog.ts';

/** Tables that tell what was keep the ids of what is gone; those that are made out of events may learn of a thing before it is there. */
const keepsWhatWas =
  /(^|_)(audits?|aud|outbox|inbox|dead_letters?|(access|action|activity|change|delivery|event|login|mail|email|request|security|webhook)_logs?|login_attempts?|history|histories|historical\w*|archived?|archives|snapshots?|(domain|integration|stored)_events?|event_(stores?|streams?|publications?)|read_models?|projections?|idempotency_\w+|rate_limits?)(_|$)|(^|_)(changes|tombstones|webhook_deliver(y|ies)|search_(queue|index|documents?))$/i;

/** Beside an id, what the thing was called at that time. */
const asItWas = /^_?(name|title|label|sku|email|snapshot)$/;

/**
 * A column that is no foreign key on purpose: in a table that outlives what it tells of, or that keeps beside the id what the thing was called,
 * so that it can go; one that means rows of several tables; or one across the border of a schema, behind which another module keeps its own.
 */
export function pointsFreely(table: Table, column: string, target: Table, copies: ReadonlySet<string>): boolean {
  const { key, name, columns } = table;
  const stem = column.replace(/_?(uu)?id$/i, '').toLowerCase();
  const hasBeside = (ending: RegExp): boolean =>
    columns.some(({ name: other }) => {
      const beside = other.toLowerCase();
      return stem !== '' && beside.startsWith(stem) && ending.test(beside.slice(stem.length));
    });
  const isForeignKey = table.foreignKeys.some((each) => each.columns.includes(column));
  return (
    copies.has(key) ||
    tellsWhatWas(name) ||
    hasBeside(/^_?(type|kind|class|table)$/) ||
    (!isForeignKey &&
      (hasBeside(asItWas) ||
        namesStream(column, target) ||
        isEventLog(table) ||
        tellsWhatHappened(table, column) ||
        schemaIn(key) !== schemaIn(target.key)))
  );
}

/** Whether a table keeps what happened rather than what is: an audit, an outbox, a history. */
export function tellsWhatWas(name: string): boolean {
  return keepsWhatWas.test(inSnakeCase(name.split('.').at(-1) ?? ''));
}

/** The stream of a log of events, which comes first: what bears its id elsewhere is made out of the log, and may be made again. */
function namesStream(column: string, target: Table): boolean {
  return /^stream_?(uu)?id$/i.test(column) && !/streams?$/i.test(target.name);
}

/** Events of no calendar: each has its number within what it happened to, and carries what it tells. */
function isEventLog(table: Table): boolean {
  const isNumber = (column: string): boolean =>
    /(version|position|sequence|revision)(_?(no|nr|number))?$/i.test(column);
  return (
    /(^|\.)events?$/i.test(table.name) &&
    table.columns.some((column) => /(data|payload|body)$/i.test(column.name)) &&
    keysOf(table).some((key) => key.length === 2 && key.some(isNumber))
  );
}

/**
 * Rows that each tell what happened to a thing, whatever they are called: beside its id, which is no key of theirs, what it was, when, and what there is to say
 * of it. The row that tells of a deletion comes with it, and stays. Nothing changes what happened.
 */
function tellsWhatHappened(table: Table, column: string): boolean {
  const has = (names: RegExp, types: RegExp): boolean =>
    table.columns.some(({ name, baseType }) => names.test(inSnakeCase(name)) && types.test(baseType));
  return (
    keysOf(table).some((key) => !key.includes(column)) &&
    has(
      /^((event|activity|change|action|notification)_)?(type|kind|action)$|^(verb|operation|event|event_name|topic)$/i,
      /./,
    ) &&
    (has(/^(payload|data|body|details|changes|diff|before|after|(event|old|new)_(data|values?))$/i, /^jsonb?$/) ||
      has(/^(payload|changes|diff)$/i, /^text$/)) &&
    has(/./, /^timestamp/) &&
    !has(/^(updated|modified|edited)(_|$)/i, /./)
  );
}

/** Says of no table that it is the one that is meant. */
export function meansAnything(column: string): boolean {
  return /^(entity|aggregate|object|resource|subject|record|correlation|causation|request|trace)_?(uu)?id$/i.test(
    column,
  );
}

/** `AuditLog`, as Prisma and TypeORM name their tables, is an `Audit_Log`. */
function inSnakeCase(name: string): string {
  return name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2');
}

function schemaIn(key: string): string {
  return key.slice(0, key.indexOf('"."'));
}
