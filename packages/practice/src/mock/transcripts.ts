import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isJsonObject } from '@assay/contract';
import { writeWhole } from '../progress/review-log.ts';
import type { MockPlan, MockResult, Turn } from './interview.ts';

/** A mock interview as its file keeps it, whether it was held in the terminal or in the browser. */
export interface Transcript {
  readonly plan: MockPlan;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Null while it goes on. Files of the terminal do not say. */
  readonly endedAt?: string | null;
  readonly turns: readonly Turn[];
  /** Null while it goes on. */
  readonly result: MockResult | null;
  /** What is asked now, for whoever holds the interview. */
  readonly current?: string | null;
}

/** Transcripts in the person's practice folder, by their id: the name of the file. */
export interface Transcripts {
  /** The ids, the newest first. */
  list(): readonly string[];
  find(id: string): Transcript | null;
  write(id: string, transcript: Transcript): void;
  /** False when there is none. */
  remove(id: string): boolean;
  fileOf(id: string): string;
}

export const transcriptId = /^[0-9]{4}-[0-9TZ-]{8,32}(-[0-9a-f]{1,8})?$/;

/** An id that sorts by the time at which the interview began. @param suffix tells two of one moment apart */
export function newTranscriptId(startedAt: string, suffix = ''): string {
  return `${startedAt.replaceAll(/[:.]/g, '-')}${suffix === '' ? '' : `-${suffix}`}`;
}

export function openTranscripts(practiceFolder: string): Transcripts {
  const folder = path.join(practiceFolder, 'mocks');
  const fileOf = (id: string): string => path.join(folder, `${id}.json`);
  return {
    fileOf,
    list() {
      if (!existsSync(folder)) return [];
      const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
      return names
        .map((name) => path.basename(name, '.json'))
        .filter((id) => transcriptId.test(id))
        .toSorted((a, b) => (a < b ? 1 : -1));
    },
    find: (id) => (transcriptId.test(id) && existsSync(fileOf(id)) ? read(fileOf(id)) : null),
    write(id, transcript) {
      writeWhole(fileOf(id), `${JSON.stringify(transcript, null, 2)}\n`);
    },
    remove(id) {
      if (!transcriptId.test(id) || !existsSync(fileOf(id))) return false;
      rmSync(fileOf(id));
      return true;
    },
  };
}

/** A file that was damaged counts as none. */
function read(file: string): Transcript | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isTranscript(value) ? value : null;
  } catch {
    return null;
  }
}

function isTranscript(value: unknown): value is Transcript {
  const has = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const plan: unknown = has.get('plan');
  return (
    typeof has.get('startedAt') === 'string' &&
    Array.isArray(has.get('turns')) &&
    typeof plan === 'object' &&
    plan !== null &&
    'role' in plan &&
    has.has('result') &&
    (has.get('result') === null || isJsonObject(has.get('result')))
  );
}
