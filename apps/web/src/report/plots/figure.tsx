import { type ReactNode, useId, useState } from 'react';
import { DataTable } from '../../design/data-table.tsx';
import { Disclosure } from '../../design/disclosure.tsx';
import { useWidth } from './use-width.ts';
import './plots.css';

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface TableOfFigure {
  readonly head: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}

const margin = { left: 48, right: 10, top: 10, bottom: 26 } as const;

/** A plot under its title, what it tells in a sentence, what is pointed at, and the same as a table. */
export function Figure({
  title,
  caption,
  readout,
  legend,
  controls,
  height = 220,
  table,
  children,
}: {
  readonly title: string;
  readonly caption: ReactNode;
  /** Of what is pointed at. */
  readonly readout?: ReactNode;
  readonly legend?: readonly { readonly name: string; readonly colour: string }[];
  readonly controls?: ReactNode;
  readonly height?: number;
  readonly table: TableOfFigure;
  readonly children: (frame: Frame) => ReactNode;
}) {
  const id = useId();
  const [element, width] = useWidth<HTMLDivElement>();
  // Hundreds of rows are made when somebody wants to see them.
  const [asTable, setAsTable] = useState(false);
  const frame = {
    width,
    height,
    left: margin.left,
    right: width - margin.right,
    top: margin.top,
    bottom: height - margin.bottom,
  };
  return (
    <figure className="figure panel" aria-labelledby={id}>
      <div className="figure-head">
        <h2 id={id}>{title}</h2>
        {controls}
      </div>
      <p className="figure-caption">{caption}</p>
      <div className="figure-plot" ref={element} style={{ height }}>
        {width === 0 ? null : (
          <svg width={width} height={height} role="img" aria-label={`${title}; as a table below`}>
            {children(frame)}
          </svg>
        )}
      </div>
      <div className="figure-foot">
        {legend === undefined ? null : (
          <ul className="legend">
            {legend.map(({ name, colour }) => (
              <li key={name}>
                <span className="legend-mark" style={{ background: colour }} />
                {name}
              </li>
            ))}
          </ul>
        )}
        <span className="figure-readout figures">{readout}</span>
      </div>
      <Disclosure summary="As a table" onToggle={setAsTable}>
        {asTable ? <Rows title={title} table={table} /> : null}
      </Disclosure>
    </figure>
  );
}

function Rows({ title, table }: { readonly title: string; readonly table: TableOfFigure }) {
  return (
    <div className="figure-table">
      <DataTable label={title}>
        <thead>
          <tr>
            {table.head.map((word, index) => (
              <th key={word} scope="col" className={index === 0 ? undefined : 'number'}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, row) => (
            // oxlint-disable-next-line react/no-array-index-key -- the rows do not move
            <tr key={row}>
              {cells.map((cell, index) => (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={index} className={index === 0 ? undefined : 'number'}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
    </div>
  );
}

/** Lines across with their figures on the left. */
export function YAxis({
  frame,
  ticks,
  y,
  label,
}: {
  readonly frame: Frame;
  readonly ticks: readonly number[];
  readonly y: (value: number) => number;
  readonly label: (value: number) => string;
}) {
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="grid" x1={frame.left} x2={frame.right} y1={y(tick)} y2={y(tick)} />
          <text className="axis" x={frame.left - 6} y={y(tick) + 4} textAnchor="end">
            {label(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Figures below; as many as there is room for. */
export function XAxis({
  frame,
  ticks,
  x,
  label,
}: {
  readonly frame: Frame;
  readonly ticks: readonly number[];
  readonly x: (value: number) => number;
  readonly label: (value: number) => string;
}) {
  const every = Math.max(1, Math.ceil((ticks.length * 52) / Math.max(1, frame.right - frame.left)));
  return (
    <g>
      <line className="baseline" x1={frame.left} x2={frame.right} y1={frame.bottom} y2={frame.bottom} />
      {ticks.map((tick, index) =>
        index % every !== 0 ? null : (
          <text key={tick} className="axis" x={x(tick)} y={frame.bottom + 17} textAnchor="middle">
            {label(tick)}
          </text>
        ),
      )}
    </g>
  );
}

/** Strips of the full height that tell what is pointed at. */
export function Pointing({
  frame,
  edges,
  onPoint,
}: {
  readonly frame: Frame;
  /** One more than there are strips, ascending, in pixels. */
  readonly edges: readonly number[];
  readonly onPoint: (index: number | null) => void;
}) {
  return (
    <g onPointerLeave={() => onPoint(null)}>
      {edges.slice(1).map((edge, index) => {
        const from = edges[index] ?? edge;
        return (
          <rect
            key={edge}
            className="pointing"
            x={from}
            y={frame.top}
            width={Math.max(0, edge - from)}
            height={frame.bottom - frame.top}
            onPointerEnter={() => onPoint(index)}
          />
        );
      })}
    </g>
  );
}

/** Points of an SVG path, which begins anew after what is missing. */
export function pathOf(points: readonly (readonly [number, number] | null)[]): string {
  let drawing = false;
  return points
    .map((point) => {
      if (point === null) {
        drawing = false;
        return '';
      }
      const command = drawing ? 'L' : 'M';
      drawing = true;
      return `${command}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    })
    .join('');
}
