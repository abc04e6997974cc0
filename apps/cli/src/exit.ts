import { Fault, type Report } from '@assay/contract';
import { type Command, CommanderError } from 'commander';
import { paint } from './terminal/paint.ts';
import { visible } from './terminal/visible.ts';

/** 0 passed · 1 failed · 2 the command, the settings or the contract is wrong · 3 undecided. */
export const exitStatus = { passed: 0, failed: 1, usage: 2, undecided: 3 } as const;

export function statusOf(verdict: Report['verdict']): number {
  return exitStatus[verdict];
}

/** Runs the command line and turns every fault into a message and an exit status. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<number> {
  try {
    await program.parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitStatus.usage;
    if (error instanceof Fault) {
      if (error.code === 'interrupted') return exitStatus.undecided;
      tellFault(error);
      return error.kind === 'usage' ? exitStatus.usage : exitStatus.undecided;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `${paint(process.stderr, 'red', 'assay: Assay itself failed; this says nothing about the backend.')}\n${indent(text)}\n`,
    );
    return exitStatus.undecided;
  }
}

/** On standard error: what was wrong, and what to do about it. */
export function tellFault({ message, fix }: Fault): void {
  process.stderr.write(`${paint(process.stderr, 'red', `assay: ${visible(message)}`)}\n${indent(fix)}\n`);
}

function indent(text: string): string {
  return visible(text)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
