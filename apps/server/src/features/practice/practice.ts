import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { setImmediate as turn } from 'node:timers/promises';
import { Fault } from '@assay/contract';
import type { Home } from '@assay/engine';
import {
  type BankQuestion,
  loadBank,
  missingFor,
  openProgress,
  openQuestion,
  type OpenQuestion,
  openTranscripts,
  type Progress,
  type Shown,
  type Transcripts,
} from '@assay/practice';
import { challengesFolder, questionsFolder } from '@assay/prove';
import type { Configuration } from '../../configuration.ts';
import { Problem } from '../../problems.ts';
import { Bench } from './bench.ts';

/** A question as it was opened for somebody. */
interface Opened {
  readonly id: string;
  readonly question: string;
  readonly seed: number;
  readonly shown: Shown;
}

/** How many questions are kept open with their tables. */
const mostOpen = 12;

/**
 * The bank, the person's history, and what answers are marked with. The history is the one that `assay practice` keeps in the data folder: whoever practises in the terminal and in the
 * browser has one.
 */
export class Practice {
  /** Where the history is kept. */
  readonly folder: string;
  /** Where the code of questions about challenges is; null when it is not here. */
  readonly challenges = existsSync(challengesFolder) ? challengesFolder : null;
  readonly #bench: Bench;
  readonly #open = new Map<string, Promise<OpenQuestion>>();
  #bank: Promise<ReadonlyMap<string, BankQuestion>> | null = null;
  #progress: Progress | null = null;

  constructor(home: Home, configuration: Configuration) {
    this.folder = path.join(home.root, 'practice');
    this.#bench = new Bench(home, configuration.version);
  }

  get transcripts(): Transcripts {
    return openTranscripts(this.folder);
  }

  /** With what the terminal has added since. */
  get progress(): Progress {
    if (this.#progress === null) this.#progress = openProgress(this.folder);
    else this.#progress.refresh();
    return this.#progress;
  }

  /** The questions that can be asked on this machine, by their ids. */
  questions(): Promise<ReadonlyMap<string, BankQuestion>> {
    this.#bank ??= readBank();
    return this.#bank;
  }

  async list(): Promise<readonly BankQuestion[]> {
    return [...(await this.questions()).values()];
  }

  /** Throws the problem `not-found`. */
  async getQuestion(id: string): Promise<BankQuestion> {
    const found = (await this.questions()).get(id);
    if (found === undefined)
      throw new Problem('not-found', `There is no question ${id}.`, { fix: 'See the list of questions.' });
    return found;
  }

  /** Opens a question for the first time. Throws faults when it cannot be asked here. */
  async open(attempt: string, entry: BankQuestion, seed: number): Promise<OpenQuestion> {
    const opening = this.#bench.use((bench) => openQuestion(entry, seed, bench));
    this.#keep(attempt, opening);
    return opening;
  }

  /** The question as it was opened. Throws the problem `conflict` when it would not be the same any more. */
  async reopen({ id, question, seed, shown }: Opened): Promise<OpenQuestion> {
    const kept = this.#open.get(id);
    if (kept !== undefined) return kept;
    const open = await this.open(id, await this.getQuestion(question), seed);
    if (isDeepStrictEqual(open.shown, shown)) return open;
    await this.forget(id);
    throw new Problem('conflict', 'The question has changed since it was opened: by a new run, or in its file.', {
      fix: 'Open it again.',
    });
  }

  /** Frees the tables of a question. */
  async forget(attempt: string): Promise<void> {
    const open = await this.#open.get(attempt)?.catch(() => null);
    this.#open.delete(attempt);
    await open?.close().catch(() => undefined);
  }

  /** What is kept of a question's tables goes with the server that held them. */
  async renew(): Promise<void> {
    this.#open.clear();
    await this.#bench.renew();
  }

  /** Starts the database for answers, so that the first question need not wait for it. */
  warmUp(): void {
    this.#bench.use((bench) => bench.database()).catch(() => undefined);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((attempt) => this.forget(attempt)));
    await this.#bench.close();
  }

  #keep(attempt: string, opening: Promise<OpenQuestion>): void {
    this.#open.set(attempt, opening);
    opening.catch(() => this.#open.delete(attempt));
    const [oldest] = this.#open.keys();
    if (this.#open.size > mostOpen && oldest !== undefined) void this.forget(oldest);
  }
}

/** One area after the other: the API answers meanwhile. */
async function readBank(): Promise<ReadonlyMap<string, BankQuestion>> {
  const questions = new Map<string, BankQuestion>();
  if (!existsSync(questionsFolder)) return questions;
  for (const area of readdirSync(questionsFolder).toSorted()) {
    await turn();
    for (const question of loadBank([path.join(questionsFolder, area)]).questions)
      if (canBeAsked(question)) questions.set(question.id, question);
  }
  return questions;
}

function canBeAsked(question: BankQuestion): boolean {
  try {
    return missingFor(question) === null;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
