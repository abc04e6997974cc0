import type { SqlValue, Statement } from '@assay/contract';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { cutTo, visible } from '../../design/visible.ts';
import { count, duration } from '../text/figures.ts';
import { highlight } from '../text/highlight.tsx';
import './statements-view.css';

const atFirst = 12;
const longest = 4000;

/** Statements in the order in which the backend sent them; those of one transaction are bracketed together. */
export function StatementsView({
  statements,
  leftOut = 0,
}: {
  readonly statements: readonly Statement[];
  /** How many more there were than are kept. */
  readonly leftOut?: number | undefined;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? statements : statements.slice(0, atFirst);
  return (
    <div>
      <ol className="statements">
        {shown.map((statement, index) => (
          <li
            key={`${statement.connection} ${statement.id}`}
            className="statement"
            data-transaction={transactionPart(statement, shown[index - 1], shown[index + 1])}
          >
            <pre className="statement-text">{highlight(cutTo(dedented(statement.text), longest).text, 'sql')}</pre>
            <CopyButton text={statement.text} label="Copy the statement" />
            <Parameters values={statement.parameters} />
            <p className="statement-facts soft figures">{factsOf(statement)}</p>
            {statement.error === undefined ? null : (
              <p className="statement-error">
                {visible(statement.error.code)}: {visible(cutTo(statement.error.message, longest).text)}
              </p>
            )}
          </li>
        ))}
      </ol>
      {statements.length <= shown.length ? null : (
        <Button size="s" variant="quiet" onClick={() => setAll(true)}>
          Show {count(statements.length - shown.length, 'more statement')}
        </Button>
      )}
      {leftOut === 0 ? null : (
        <p className="soft">
          This file keeps the first {statements.length}; {count(leftOut, 'more statement')} came after them.
        </p>
      )}
    </div>
  );
}

export function Parameters({ values }: { readonly values: readonly SqlValue[] }) {
  if (values.length === 0) return null;
  return (
    <p className="statement-parameters">
      {values.map((value, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a parameter is its place
        <span key={index}>
          <span className="lit-parameter">${index + 1}</span> {visible(cutTo(JSON.stringify(value), 300).text)}
        </span>
      ))}
    </p>
  );
}

function factsOf({ rows, command, durationMs, connection, transaction }: Statement): string {
  const facts = [
    rows === null ? 'not completed' : `${count(rows, 'row')}${command === null ? '' : ` (${visible(command)})`}`,
    ...(durationMs === null ? [] : [duration(durationMs)]),
    `connection ${connection}`,
    ...(transaction === null ? [] : [`transaction ${transaction}`]),
  ];
  return facts.join(' · ');
}

function transactionPart(statement: Statement, before: Statement | undefined, after: Statement | undefined): string {
  const same = (other: Statement | undefined): boolean =>
    other !== undefined && statement.transaction !== null && other.transaction === statement.transaction;
  if (statement.transaction === null) return 'none';
  return same(before) ? (same(after) ? 'inside' : 'end') : same(after) ? 'begin' : 'alone';
}

/** Without the indentation that all lines but the first share: it is that of the program the statement stands in. */
export function dedented(text: string): string {
  const lines = text.split('\n');
  const indents = lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : [line.length - line.trimStart().length]));
  const shared = indents.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(shared) || shared < 2) return text;
  return lines.map((line, index) => (index === 0 ? line : `  ${line.slice(shared)}`)).join('\n');
}
