import type { Evidence, HistoryStep } from '@assay/contract';
import { useState } from 'react';
import { classNames } from '../../design/class-names.ts';
import { DataTable } from '../../design/data-table.tsx';
import { cutTo, visible } from '../../design/visible.ts';
import { count } from '../text/figures.ts';
import { shortIds } from '../text/short-ids.ts';
import './history-view.css';

const laneHeight = 38;
const width = 960;
const margin = { left: 34, top: 22, right: 14 } as const;

/**
 * A lane of time for each client. The numbers are the longest order that is possible; what is left over is the witness: it can follow in no
 * order. Below it the same as a table, with the state after each operation.
 */
export function HistoryView({
  evidence: { operations },
}: {
  readonly evidence: Extract<Evidence, { readonly kind: 'history' }>;
}) {
  const [pointed, setPointed] = useState<number | null>(null);
  const ordered = operations
    .map((operation, index) => ({ operation, index }))
    .sort((a, b) => (a.operation.place ?? Number.POSITIVE_INFINITY) - (b.operation.place ?? Number.POSITIVE_INFINITY));
  const stuck = operations.filter(({ place }) => place === null).length;
  return (
    <>
      <p className="soft">
        {count(operations.length - stuck, 'operation')} can be ordered one after the other, as numbered;{' '}
        {stuck === 1 ? 'one cannot' : `${stuck} cannot`} follow in any order.
      </p>
      <Picture operations={operations} pointed={pointed} onPoint={setPointed} />
      <DataTable label="The order of the operations">
        <thead>
          <tr>
            <th scope="col">order</th>
            <th scope="col">client</th>
            <th scope="col">operation</th>
            <th scope="col">state after it</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map(({ operation: { client, text, place, state }, index }) => (
            <tr
              key={index}
              className={classNames(place === null && 'history-stuck', pointed === index && 'history-pointed')}
              onMouseEnter={() => setPointed(index)}
              onMouseLeave={() => setPointed(null)}
            >
              <td className="figures">{place ?? 'none'}</td>
              <td>{visible(client)}</td>
              <td>
                <code title={visible(cutTo(text, 500).text)}>{visible(cutTo(shortIds(text), 500).text)}</code>
              </td>
              <td>
                {place === null ? 'cannot follow' : <code>{visible(cutTo(shortIds(state ?? ''), 500).text)}</code>}
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </>
  );
}

function Picture({
  operations,
  pointed,
  onPoint,
}: {
  readonly operations: readonly HistoryStep[];
  readonly pointed: number | null;
  readonly onPoint: (index: number | null) => void;
}) {
  const clients = [...new Set(operations.map(({ client }) => client))].sort();
  const end = operations.reduce((most, { call, return: back }) => Math.max(most, back ?? call), 1) * 1.04;
  const x = (at: number): number => margin.left + (at / end) * (width - margin.left - margin.right);
  const height = margin.top + clients.length * laneHeight;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * end);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="history" role="group" aria-label="Time line of the history" tabIndex={0}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${count(operations.length, 'operation')} of ${count(clients.length, 'client')} over time; the table below tells the same`}
      >
        {ticks.map((at) => (
          <g key={at}>
            <line className="history-tick" x1={x(at)} x2={x(at)} y1={margin.top - 4} y2={height} />
            <text className="history-axis" x={x(at)} y={12} textAnchor={at === end ? 'end' : 'middle'}>
              {at === 0 ? '0 ms' : at < 10 ? at.toFixed(1) : Math.round(at)}
            </text>
          </g>
        ))}
        {clients.map((client, lane) => (
          <g key={client}>
            <line className="history-lane" x1={margin.left} x2={width} y1={lineOf(lane)} y2={lineOf(lane)} />
            <text className="history-client" x={6} y={lineOf(lane) + 4}>
              {visible(cutTo(client, 4).text)}
            </text>
          </g>
        ))}
        {operations.map(({ client, call, return: back, text, place }, index) => {
          const from = x(call);
          const to = back === null ? width : Math.max(x(back), from + 16);
          const y = lineOf(clients.indexOf(client));
          return (
            <g
              key={index}
              className={classNames(
                'history-bar',
                place === null && 'history-bar-stuck',
                back === null && 'history-bar-open',
                pointed === index && 'history-bar-pointed',
              )}
              onMouseEnter={() => onPoint(index)}
              onMouseLeave={() => onPoint(null)}
            >
              <title>{`${visible(cutTo(text, 500).text)}: ${call.toFixed(1)} to ${back === null ? '… (no answer came)' : back.toFixed(1)} ms`}</title>
              <rect x={from} y={y - 12} width={to - from} height={24} rx={5} />
              <text x={from + 5} y={y + 4}>
                {place ?? '✕'}
                {to - from > 90 ? ` ${visible(cutTo(shortIds(text), Math.floor((to - from - 30) / 7)).text)}` : ''}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function lineOf(lane: number): number {
  return margin.top + lane * laneHeight + laneHeight / 2;
}
