import type { Evidence, InterleavingStep } from '@assay/contract';
import { paint } from '../terminal/paint.ts';
import { oneLine, visible } from '../terminal/visible.ts';
import { columnsOf, wrap } from '../terminal/width.ts';

type Interleaving = Extract<Evidence, { kind: 'interleaving' }>;

/** What stands in front of a step of each kind. */
const stepMarks = {
  sent: '→',
  statement: 'sql',
  held: 'sql, held back:',
  released: 'goes on:',
  cut: 'connection cut:',
  answered: '←',
} as const satisfies Record<InterleavingStep['kind'], string>;

const laneColours = ['cyan', 'magenta', 'yellow'] as const;
const longest = { statement: 400, parameters: 160 } as const;

/** The steps from top to bottom, each request with a depth and a colour of its own. */
export function interleavingLines({ lanes, steps }: Interleaving, stream: NodeJS.WriteStream): string[] {
  const stamp = (at: number): string => `${at.toFixed(0).padStart(5)} ms `;
  return steps.flatMap((step) => {
    const lane = step.lane === null ? undefined : lanes[step.lane];
    const colour = laneColours[(step.lane ?? 0) % laneColours.length] ?? 'cyan';
    const margin = '   '.repeat(step.lane ?? 0);
    const name = paint(stream, lane === undefined ? 'dim' : colour, lane?.name ?? '?');
    const mark = stepMarks[step.kind];
    const indent = ' '.repeat(stamp(0).length + margin.length + 2);
    const text = `${mark} ${shortened(oneLine(step.text.replaceAll(/\s+/g, ' ')), longest.statement)}`;
    const [first = '', ...rest] = wrap(text, columnsOf(stream) - 4, indent).split('\n');
    const became = resultOf(step);
    const shown = first.slice(indent.length);
    return [
      `${paint(stream, 'dim', stamp(step.at))}${margin}${name} ${paint(stream, styleOf(step), shown.slice(0, mark.length))}${shown.slice(mark.length)}`,
      ...rest,
      ...(became === '' ? [] : [`${indent}${paint(stream, 'dim', became)}`]),
    ];
  });
}

function resultOf({ parameters = [], result = '' }: InterleavingStep): string {
  const values =
    parameters.length === 0
      ? ''
      : shortened(visible(`[${parameters.map((value) => JSON.stringify(value)).join(', ')}]`), longest.parameters);
  return [values, oneLine(result)].filter((word) => word !== '').join('  ');
}

function styleOf({ kind }: InterleavingStep): 'red' | 'yellow' | 'green' | 'bold' {
  if (kind === 'held' || kind === 'cut') return 'red';
  if (kind === 'released') return 'green';
  return kind === 'statement' ? 'yellow' : 'bold';
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)} … (${text.length} characters)` : text;
}
