import { type CheckResult, Fault, type Report } from '@assay/contract';
import { folderChanged, folderState } from '@assay/prove';
import { paint } from '../terminal/paint.ts';

/**
 * Judges a folder again whenever it changes, until the signal aborts: what had failed, or could not be decided, comes first then. Returns the last
 * report. Files in `except` (absolute paths) are what Assay writes itself. A mistake in the settings is told, and the next change waited for: somebody is typing.
 */
export async function judgeOnChanges(
  folder: string,
  except: readonly string[],
  judge: (first: readonly string[]) => Promise<Report>,
  signal: AbortSignal,
): Promise<Report | null> {
  let last: Report | null = null;
  while (!signal.aborted) {
    // What is changed while it is judged has changed, too.
    const since = folderState(folder, except);
    try {
      last = await judge((last?.checks ?? []).filter(isOpen).map(({ id }) => id));
    } catch (error) {
      if (signal.aborted) return last;
      if (!(error instanceof Fault) || error.kind !== 'usage' || last === null) throw error;
      process.stderr.write(`${paint(process.stderr, 'red', `assay: ${error.message}`)}\n  ${error.fix}\n`);
    }
    if (signal.aborted) return last;
    process.stderr.write(`\nassay: watching ${folder}; Ctrl-C ends it\n`);
    try {
      await folderChanged(folder, since, signal, except);
    } catch {
      return last;
    }
  }
  return last;
}

function isOpen({ status }: CheckResult): boolean {
  return status === 'failed' || status === 'undecided';
}
