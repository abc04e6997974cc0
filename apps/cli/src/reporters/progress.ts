import { causeOf, type RunEvent } from '@assay/contract';
import { paint } from '../terminal/paint.ts';
import { oneLine } from '../terminal/visible.ts';
import { count } from '../terminal/count.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Live progress for a person: each phase and each failed check as a line, and on a terminal a last line that moves while work goes on.
 */
export function progressReporter(stream: NodeJS.WriteStream): { on(event: RunEvent): void; stop(): void } {
  const live = stream.isTTY;
  const running = new Map<string, string>();
  let phase = '';
  let planned = 0;
  let done = 0;
  let exchanges = 0;
  let statements = 0;
  const noted = new Set<string>();
  let frame = 0;
  const began = Date.now();

  const clear = (): void => {
    if (live) stream.write('\r\x1b[2K');
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  const draw = (): void => {
    if (!live || phase === '') return;
    frame = (frame + 1) % frames.length;
    const checks =
      planned > 0
        ? ` ${done}/${planned} checks · ${count(exchanges, 'request')} · ${count(statements, 'statement')}`
        : '';
    const [last] = [...running.entries()].slice(-1);
    const what = last === undefined ? phase : `${last[0]}${last[1] === '' ? '' : ` (${last[1]})`}`;
    const text = `${frames[frame]} ${((Date.now() - began) / 1000).toFixed(0)} s${checks} · ${what}`;
    stream.write(
      `\r\x1b[2K${paint(stream, 'dim', [...text].slice(0, Math.min(stream.columns || 80, 120) - 1).join(''))}`,
    );
  };
  /** What keeps many checks from judging is told in full for the first of them. */
  const causes = new Set<string>();
  const reasonOnce = (reason: string): string => {
    const cause = causeOf(reason);
    if (!causes.has(cause)) {
      causes.add(cause);
      return reason;
    }
    return cause === reason && reason.length <= 60
      ? reason
      : `the same: ${cause.slice(0, 60)}${cause.length > 60 ? ' …' : ''}`;
  };
  const timer = live ? setInterval(draw, 120) : null;
  timer?.unref();

  return {
    on: (event: RunEvent): void => {
      switch (event.type) {
        case 'stack-detected': {
          const { language, framework, runtime } = event.stack;
          line(
            `${paint(stream, 'dim', 'found')}  ${[framework, language].filter((word) => word !== null).join(', ')}${runtime === null ? '' : ` on ${runtime}`}`,
          );
          break;
        }
        case 'contract-read': {
          // It may be told once more, with what is left alone.
          const fresh = event.contract.problems.filter(({ message }) => !noted.has(message));
          for (const { message, line: at } of fresh.slice(0, 5)) {
            line(
              `${paint(stream, 'yellow', 'note')}   ${oneLine(event.contract.source)}${at === null ? '' : `:${at}`}: ${oneLine(message)}`,
            );
          }
          if (fresh.length > 5)
            line(`${paint(stream, 'yellow', 'note')}   … and ${fresh.length - 5} more oddities in the contract`);
          for (const { message } of fresh) noted.add(message);
          break;
        }
        case 'phase-started':
          phase = oneLine(event.title);
          if (!live) line(phase);
          break;
        case 'phase-ended':
          if (event.phase !== 'checks' && event.ok)
            line(`${paint(stream, 'dim', 'done')}   ${phase} (${(event.durationMs / 1000).toFixed(1)} s)`);
          break;
        case 'output':
          if (event.source === 'build') line(`${paint(stream, 'dim', `  │ ${event.line}`)}`);
          break;
        case 'sandbox-chosen':
          if (event.sandbox.kind === 'none')
            line(`${paint(stream, 'yellow', 'note')}   ${oneLine(event.sandbox.note)}`);
          break;
        case 'checks-planned':
          planned = event.checks.length;
          break;
        case 'check-started':
          running.set(event.id, '');
          break;
        case 'check-progress':
          running.set(event.id, oneLine(event.note));
          break;
        case 'check-ended': {
          running.delete(event.result.id);
          done += 1;
          const { result } = event;
          if (result.status === 'failed')
            for (const { id, title, known } of result.findings)
              line(
                `${paint(stream, known === true ? 'yellow' : 'red', '✘')} ${id}  ${result.id}: ${oneLine(title)}${known === true ? ' (known)' : ''}`,
              );
          else if (result.status === 'undecided')
            line(`${paint(stream, 'yellow', '?')} ${result.id}: ${oneLine(reasonOnce(result.reason))}`);
          break;
        }
        case 'exchange':
          exchanges += 1;
          break;
        case 'statement':
          statements += 1;
          break;
        default:
      }
    },
    stop: () => {
      if (timer !== null) clearInterval(timer);
      clear();
    },
  };
}
