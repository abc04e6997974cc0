import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';

/** Programs that judging a stack needs besides Node.js. */
const programs: Readonly<Record<string, readonly string[]>> = {
  express: [],
  node: [],
  django: ['python3'],
  fastapi: ['python3'],
  php: ['php'],
  java: ['java', 'mvn'],
};

function isHere(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));
}

/** Whether a stack's toolchain is here; with ASSAY_REQUIRE=all it has to be, and what needs it runs and fails where it is not. */
export function canJudge(stack: string): boolean {
  return process.env['ASSAY_REQUIRE'] === 'all' || (programs[stack] ?? []).every(isHere);
}

/** `describe` that is skipped, by name, where the stack's toolchain is missing. */
export function describeStack(stack: string): typeof describe | typeof describe.skip {
  return canJudge(stack) ? describe : describe.skip;
}
