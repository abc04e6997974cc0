/** One bar of a timeline. */
export interface Bar {
  readonly process: string;
  readonly label: string;
  readonly detail: string;
  readonly call: number;
  /** Null: open to the end. */
  readonly return: number | null;
  readonly mark: 'stuck' | 'ordered' | 'plain' | 'unknown';
  /** Its place in the longest order, from 1. */
  readonly place: number | null;
}

export interface PlacedBar extends Bar {
  readonly row: number;
  /** Columns, by the order of events: equal times share one. */
  readonly from: number;
  readonly to: number;
}

export interface Layout {
  readonly bars: readonly PlacedBar[];
  readonly rows: readonly string[];
  readonly columns: number;
}

/** Lays bars out on a row for each process (more where one overlaps itself), with time reduced to the order of events. */
export function layOut(bars: readonly Bar[]): Layout {
  const times = [...new Set(bars.flatMap((bar) => (bar.return === null ? [bar.call] : [bar.call, bar.return])))].sort(
    (a, b) => a - b,
  );
  const column = new Map(times.map((time, i) => [time, i]));
  const columns = times.length + 1;
  const rows: string[] = [];
  const freeFrom: number[] = [];
  const placed = [...bars]
    .sort((a, b) => a.call - b.call)
    .map((bar): PlacedBar => {
      const from = column.get(bar.call) ?? 0;
      const to = bar.return === null ? columns : (column.get(bar.return) ?? columns);
      let row = rows.findIndex((process, i) => process === bar.process && (freeFrom[i] ?? 0) <= from);
      if (row < 0) row = rows.push(bar.process) - 1;
      freeFrom[row] = to + 1;
      return { ...bar, row, from, to };
    });
  return sortRows(placed, rows, columns);
}

/** Rows of one process next to each other, in the order of their names. */
function sortRows(bars: readonly PlacedBar[], rows: readonly string[], columns: number): Layout {
  const order = rows
    .map((_, i) => i)
    .sort((a, b) => (rows[a] ?? '').localeCompare(rows[b] ?? '', 'en', { numeric: true }) || a - b);
  const place = new Map(order.map((row, i) => [row, i]));
  return {
    bars: bars.map((bar) => ({ ...bar, row: place.get(bar.row) ?? 0 })),
    rows: order.map((row) => rows[row] ?? ''),
    columns,
  };
}
