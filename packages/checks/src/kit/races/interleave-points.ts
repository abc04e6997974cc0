import type { Statement, StatementMatch } from '@assay/contract';
import { accessOf, type SqlAccess } from '../database/sql-access.ts';
import { sqlTemplate } from '../database/sql-template.ts';

/** One statement of a request, found again in another run of the same request: the n-th of its template. */
export interface Point {
  readonly template: string;
  /** How many of the same template the request sent before it. */
  readonly turn: number;
  readonly access: SqlAccess;
  /** The transaction block it ran in when it was recorded; null for its own. */
  readonly transaction: number | null;
}

/** Every statement of a request that was alone in flight, in the order of sending. */
export function pointsOf(statements: readonly Statement[]): readonly Point[] {
  const turns = new Map<string, number>();
  return statements.map(({ text, transaction }) => {
    const template = sqlTemplate(text);
    const turn = turns.get(template) ?? 0;
    turns.set(template, turn + 1);
    return { template, turn, access: accessOf(text), transaction };
  });
}

/** The rule's condition and turn that find the point again. */
export function matchOf(point: Point): { readonly match: StatementMatch; readonly skip: number; readonly times: 1 } {
  return { match: { where: (text) => sqlTemplate(text) === point.template }, skip: point.turn, times: 1 };
}

/**
 * Where to hold a request so that another one comes in between: what it has read is then old when it goes on. The most telling first: what
 * changes rows of a table that it has read without a lock, its first write or lock after a read, the commit, then its other writes.
 */
export function holdingPoints(points: readonly Point[], most: number): readonly Point[] {
  const firstRead = points.findIndex(({ access }) => access.kind === 'read');
  const after = points.filter(
    ({ access }, index) =>
      access.kind === 'commit' || (firstRead >= 0 && index > firstRead && (access.kind === 'write' || access.locks)),
  );
  const [first] = after.filter(({ access }) => access.kind !== 'commit');
  const telling = after.find((point) => changes(point) && wasRead(points, point));
  const leading = [telling, first].flatMap((point, index, all) =>
    point === undefined || all.indexOf(point) < index ? [] : [point],
  );
  const commits = after.filter(({ access, transaction }) => access.kind === 'commit' && writesIn(points, transaction));
  const ordered = [
    ...leading,
    ...commits,
    ...after.filter((point) => !leading.includes(point) && !commits.includes(point) && point.access.kind !== 'commit'),
  ];
  return ordered.slice(0, most);
}

/** It changes or deletes rows that are there. */
function changes({ access, template }: Point): boolean {
  return access.kind === 'write' && !/^\s*insert\b/i.test(template);
}

function wasRead(points: readonly Point[], { access, template, turn }: Point): boolean {
  const at = points.findIndex((point) => point.template === template && point.turn === turn);
  return points
    .slice(0, at)
    .some(
      (point) =>
        point.access.kind === 'read' &&
        !point.access.locks &&
        point.access.tables.some((table) => access.tables.includes(table)),
    );
}

function writesIn(points: readonly Point[], transaction: number | null): boolean {
  return points.some((point) => point.transaction === transaction && point.access.kind === 'write');
}
