import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunRecord } from './evidence-question.ts';

let read: RunRecord | undefined;

/** A run of a flawed backend of the challenge ledger, for a person who has none of their own yet. */
export function readSampleRun(): RunRecord {
  read ??= JSON.parse(readFileSync(path.join(import.meta.dirname, 'sample-run.json'), 'utf8')) as RunRecord;
  return read;
}
