import { proposals } from './choose-stack.ts';
import { viewFolder } from './folder-view.ts';
import type { Proposal } from './stack-rule.ts';
import { testFolder } from './test-folder.ts';

/** For tests: a folder's files, and what its one proposal must match. */
export type RecognisedCase = readonly [
  title: string,
  files: Readonly<Record<string, string | object>>,
  expected: Readonly<Record<string, unknown>>,
];

/** For tests: what the rules make of a folder with these files. */
export function recognised(files: Readonly<Record<string, string | object>>): readonly Proposal[] {
  return proposals(viewFolder(testFolder(files)));
}
