import {
  closeSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  type WriteStream,
} from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { Fault, type Recording, type Report, type RunEvent } from '@assay/contract';
import { foldReport } from './fold.ts';
import { RecordingFold, type RecordingLimits } from './recording-fold.ts';

/** How many runs are kept, and of how many bytes together; older ones are removed when a new one begins. */
const kept = { runs: 50, bytes: 5 * 1024 ** 3 };

/** Events gather until there are so many characters of them, or for so long: a write for each would cost more than all that is made of them. */
const batch = { characters: 65_536, milliseconds: 100 };

/** What a run leaves on disk: its events as they happened, its report, and each check's evidence. */
export class RunStore {
  readonly id: string;
  readonly folder: string;
  readonly #events: WriteStream;
  readonly #onTrouble: (what: string) => void;
  #gathered = '';
  #timer: NodeJS.Timeout | null = null;

  private constructor(id: string, folder: string, onTrouble: (what: string) => void) {
    this.id = id;
    this.folder = folder;
    this.#onTrouble = onTrouble;
    this.#events = createWriteStream(path.join(folder, 'events.ndjson'));
    // A full disk must not end the run; what is kept of it says less then.
    this.#events.on('error', (error) => onTrouble(notKept(error)));
  }

  /** @param onTrouble told when something of the run could not be kept */
  static create(runsFolder: string, id: string, onTrouble: (what: string) => void = () => undefined): RunStore {
    const folder = path.join(runsFolder, id);
    try {
      mkdirSync(path.join(folder, 'evidence'), { recursive: true });
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new Fault('data-folder-unusable', `Nothing can be kept of a run: ${what}.`, undefined, { cause: error });
    }
    prune(runsFolder);
    return new RunStore(id, folder, onTrouble);
  }

  add(event: RunEvent): void {
    this.#gathered += `${JSON.stringify(event)}\n`;
    if (this.#gathered.length >= batch.characters) this.#write();
    else this.#timer ??= setTimeout(() => this.#write(), batch.milliseconds);
  }

  keepEvidence(check: string, evidence: unknown): void {
    this.#keep(path.join('evidence', `${check.replace('/', '.')}.json`), JSON.stringify(evidence) ?? 'null');
  }

  async close(report: Report): Promise<void> {
    this.#keep('report.json', `${JSON.stringify(report, null, 2)}\n`);
    await this.#end();
  }

  /** Keeps nothing of the run: it was no judgement of a backend. */
  async discard(): Promise<void> {
    await this.#end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The whole file or none: what a full disk cuts off would be read as something else. */
  #keep(name: string, text: string): void {
    const file = path.join(this.folder, name);
    try {
      writeFileSync(file, text);
    } catch (error) {
      this.#onTrouble(notKept(error));
      rmSync(file, { force: true });
    }
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#gathered !== '') this.#events.write(this.#gathered);
    this.#gathered = '';
  }

  async #end(): Promise<void> {
    this.#write();
    await new Promise<void>((resolve) => {
      this.#events.end(() => resolve());
    });
  }
}

function notKept(error: unknown): string {
  const why = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
  return `Not all of this run could be kept (${why}): \`assay show\` and \`assay replay --recorded\` say less of it, or nothing.`;
}

/** The ids of the runs that are kept, the newest first. */
export function listRuns(runsFolder: string): readonly string[] {
  if (!existsSync(runsFolder)) return [];
  return readdirSync(runsFolder)
    .filter((id) => existsSync(path.join(runsFolder, id, 'events.ndjson')))
    .sort()
    .reverse();
}

/** The report of a run; of one that was killed, what its events tell. Throws the fault `unknown-run`. */
export function getReport(runsFolder: string, run: string): Report {
  const file = path.join(runsFolder, run, 'report.json');
  if (/[/\\]|^\.*$/.test(run) || !existsSync(path.dirname(file)))
    throw new Fault('unknown-run', `There is no run ${run}.`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Report;
  try {
    return foldReport(readEvents(runsFolder, run));
  } catch (error) {
    throw new Fault('unknown-run', `Run ${run} was cut off before it began.`, undefined, { cause: error });
  }
}

/** What a run recorded, for search. `named` are the exchanges that are kept wherever they stand. */
export function readRecording(
  runsFolder: string,
  run: string,
  named?: ReadonlySet<string>,
  limits?: RecordingLimits,
): Recording {
  const fold = new RecordingFold(named, limits);
  for (const event of readEvents(runsFolder, run)) fold.add(event);
  return fold.recording();
}

export function readEvidence(runsFolder: string, run: string, check: string): unknown {
  const file = path.join(runsFolder, run, 'evidence', `${check.replace('/', '.')}.json`);
  if (!existsSync(file)) throw new Fault('unknown-run', `Run ${run} kept no evidence of ${check}.`);
  return JSON.parse(readFileSync(file, 'utf8')) as unknown;
}

/** The events of a run in order; a last line cut off by a crash is left out. */
export function* readEvents(runsFolder: string, run: string): Generator<RunEvent> {
  for (const line of readLines(path.join(runsFolder, run, 'events.ndjson'))) {
    if (line === '') continue;
    try {
      yield JSON.parse(line) as RunEvent;
    } catch {
      return;
    }
  }
}

/** Piece by piece: a record may be larger than a text can be. */
function* readLines(file: string): Generator<string> {
  const descriptor = openSync(file, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const piece = Buffer.alloc(256 * 1024);
    let held = '';
    for (let read = -1; read !== 0; ) {
      read = readSync(descriptor, piece);
      const lines = (held + decoder.write(piece.subarray(0, read))).split('\n');
      held = lines.pop() ?? '';
      yield* lines;
    }
    yield held + decoder.end();
  } finally {
    closeSync(descriptor);
  }
}

/** Removes the oldest runs beyond the limits; never the one that has just begun. Another Assay may be at it as well. */
export function prune(runsFolder: string, most: { readonly runs: number; readonly bytes: number } = kept): void {
  const runs = readdirSync(runsFolder)
    .map((id) => path.join(runsFolder, id))
    .filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true)
    .sort()
    .reverse();
  let bytes = 0;
  for (const [index, run] of runs.entries()) {
    if (index < most.runs) bytes += sizeOf(run);
    if (index > 0 && (index >= most.runs || bytes > most.bytes)) remove(run);
  }
}

function remove(run: string): void {
  try {
    rmSync(run, { recursive: true, force: true });
  } catch {
    // The next run tries again.
  }
}

/** What goes meanwhile counts as nothing. */
function sizeOf(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
      (sum, name) => sum + (statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  } catch {
    return 0;
  }
}
