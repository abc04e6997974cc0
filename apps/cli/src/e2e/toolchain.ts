import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';

/** Programs that judging a stack needs besides Node.js. */
const programs: Readonly<Record<string, readonly string[]>> = {
  express: [],
  node: [],
  django: ['python3'],
  php: ['php'],
  java: ['java', 'mvn'],
};

function isHere(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));
}

/** `describe` that is skipped, by name, where the stack's toolchain is missing; with ASSAY_REQUIRE=all it runs and fails instead. */
export function describeStack(stack: string): typeof describe | typeof describe.skip {
  const missing = (programs[stack] ?? []).filter((program) => !isHere(program));
  return missing.length > 0 && process.env['ASSAY_REQUIRE'] !== 'all' ? describe.skip : describe;
}
