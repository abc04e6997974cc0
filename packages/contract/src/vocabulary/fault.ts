/** What kind of thing went wrong outside the backend, and so which exit status says it. */
export type FaultKind = 'usage' | 'surroundings';

/** One row of the table of faults: every error that Assay itself can report, with what to do about it. */
export interface FaultRow {
  readonly kind: FaultKind;
  readonly fix: string;
}

/**
 * A fault is thrown; a finding is returned. `usage` faults (exit status 2) mean that the command, the settings or the contract is
 * wrong; `surroundings` faults (exit status 3) mean that Assay could not do its work here.
 */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly kind: FaultKind;
  readonly fix: string;

  /** @param message what was wrong and where, in one sentence. @param fix what to do; the table's when left out. */
  constructor(code: FaultCode, message: string, fix?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Fault';
    this.code = code;
    this.kind = faults[code].kind;
    this.fix = fix ?? faults[code].fix;
  }
}

export const faults = {
  'no-such-folder': { kind: 'usage', fix: 'Give the path of a folder that holds a backend.' },
  'not-a-backend': { kind: 'usage', fix: 'Add an assay.yaml with a `start:` command, or a Procfile.' },
  'ambiguous-stack': { kind: 'usage', fix: 'Say which with `start:` (and `build:`) in assay.yaml.' },
  'unknown-challenge': { kind: 'usage', fix: 'See `assay list` for the challenges there are.' },
  'unknown-check': { kind: 'usage', fix: 'See `assay list --checks` for the checks there are.' },
  'unknown-format': { kind: 'usage', fix: 'Use pretty, json, ndjson, junit or sarif.' },
  'unknown-stack': { kind: 'usage', fix: 'See `assay list` for the stacks of a challenge.' },
  'unknown-finding': { kind: 'usage', fix: 'See `assay show` for the findings of the last run.' },
  'unknown-run': { kind: 'usage', fix: 'See `assay list --runs` for the runs that are kept.' },
  'bad-settings': { kind: 'usage', fix: 'See docs/own-backend.md for every key of assay.yaml.' },
  'bad-usage': { kind: 'usage', fix: 'See `assay --help`.' },
  'bad-contract': { kind: 'usage', fix: 'Correct the document at the line named.' },
  'no-contract': {
    kind: 'usage',
    fix: 'Give --contract FILE, --challenge NAME, or put an openapi.yaml into the folder.',
  },
  'bad-challenge': { kind: 'usage', fix: 'See docs/challenge-authors.md for what a challenge folder holds.' },
  'bad-baseline': { kind: 'usage', fix: 'Give a report that `--format json` wrote.' },
  'bad-question': { kind: 'usage', fix: 'See docs/questions.md for every key of a question.' },
  'unknown-question': { kind: 'usage', fix: 'See `assay practice list` for the questions there are.' },
  'bad-deck': {
    kind: 'usage',
    fix: 'Give a deck that Anki exported (.apkg), or a CSV file that `assay practice export` wrote.',
  },
  'not-empty': { kind: 'usage', fix: 'Choose an empty folder, or one that does not exist yet.' },
  'toolchain-missing': { kind: 'surroundings', fix: 'Run `assay doctor` to see how to get it.' },
  'registry-unreachable': {
    kind: 'surroundings',
    fix: 'Check the network and the proxy and registry settings, then run the command again.',
  },
  'postgres-unavailable': {
    kind: 'surroundings',
    fix: 'Run `npm ci` again, or set DATABASE_URL to a PostgreSQL server of your own.',
  },
  'data-folder-unusable': { kind: 'surroundings', fix: 'Set ASSAY_HOME to a folder that you can write to.' },
  'data-folder-locked': {
    kind: 'surroundings',
    fix: 'Wait for the other Assay to end, or set ASSAY_HOME to another folder.',
  },
  'page-not-built': { kind: 'surroundings', fix: 'Run `npm run prepare` in the folder of Assay.' },
  'port-taken': {
    kind: 'surroundings',
    fix: 'End what listens there, or leave out `port:` and let the backend read PORT, which is another each time.',
  },
  'sandbox-required': { kind: 'surroundings', fix: 'Install bubblewrap; see `assay doctor`.' },
  interrupted: { kind: 'surroundings', fix: 'Run the command again.' },
  internal: { kind: 'surroundings', fix: 'This is a defect in Assay. Please report it with the text above.' },
} as const satisfies Record<string, FaultRow>;

export type FaultCode = keyof typeof faults;
