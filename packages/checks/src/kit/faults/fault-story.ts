import type { Evidence, InterleavingStep } from '@assay/contract';
import { sqlTemplate } from '../database/sql-template.ts';
import { resultOf } from '../races/interleave-story.ts';
import { outcome, requestLine } from '../words.ts';
import type { CutRun } from './cut-runs.ts';

/** The request with its statements on a time line, and where its connection was cut. */
export function cutStory({ exchange, statements, point, when }: CutRun): Evidence {
  const start = exchange.startedAt;
  const at = (time: number): number => Math.max(0, Math.round((time - start) * 10) / 10);
  const cut = statements.findLast(
    ({ text, durationMs, error }) => durationMs === null && error === undefined && sqlTemplate(text) === point.template,
  );
  const steps: InterleavingStep[] = [
    { lane: 0, at: 0, kind: 'sent', text: requestLine(exchange) },
    ...statements.map((statement): InterleavingStep => {
      const isCut = statement === cut;
      return {
        lane: 0,
        at: at(statement.startedAt),
        kind: isCut ? 'cut' : 'statement',
        text: statement.text,
        parameters: statement.parameters,
        result: isCut
          ? when === 'before'
            ? 'it never reached the database'
            : 'the database ran it, and its answer was lost'
          : resultOf(statement),
      };
    }),
    {
      lane: 0,
      at: at(start + exchange.durationMs),
      kind: 'answered',
      text:
        exchange.response === undefined
          ? outcome(exchange)
          : `${exchange.response.status} ${exchange.response.reason}`.trim(),
    },
  ];
  return {
    kind: 'interleaving',
    lanes: [{ name: 'A', request: requestLine(exchange) }],
    steps: steps.sort((a, b) => a.at - b.at),
    note: 'its connection to the database was cut once; time runs downwards',
  };
}
