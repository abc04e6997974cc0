import { type CheckResult, type Report, type RunEvent, reportSchemaVersion, type Skill, skills } from '@assay/contract';

const interrupted = 'The run was interrupted before its end.';

/**
 * The report of a run is a fold over its events: the same events give the same report, live or from a file. Also of a run that was cut
 * off: its verdict is then undecided.
 */
export class ReportFold {
  #started: Extract<RunEvent, { type: 'run-started' }> | null = null;
  #contract: Report['contract'] = { source: '', title: '', operations: 0, problems: [] };
  #stack: Report['backend']['stack'] = { language: 'unknown', framework: null, runtime: null };
  #sourceHash = '';
  #sandbox: Report['sandbox'] = { kind: 'none', note: 'The backend was not started.' };
  #ended: Extract<RunEvent, { type: 'run-ended' }> | null = null;
  readonly #checks: CheckResult[] = [];
  #plan: readonly string[] = [];
  #exchanges = 0;
  #statements = 0;
  #at = 0;

  add(event: RunEvent): void {
    this.#at = event.at;
    switch (event.type) {
      case 'run-started':
        this.#started = event;
        break;
      case 'contract-read':
        this.#contract = event.contract;
        break;
      case 'stack-detected':
        this.#stack = event.stack;
        this.#sourceHash = event.sourceHash;
        break;
      case 'sandbox-chosen':
        this.#sandbox = event.sandbox;
        break;
      case 'checks-planned':
        this.#plan = event.checks.map(({ id }) => id);
        break;
      case 'check-ended':
        this.#checks.push(event.result);
        break;
      case 'exchange':
        this.#exchanges += 1;
        break;
      case 'statement':
        this.#statements += 1;
        break;
      case 'run-ended':
        this.#ended = event;
        break;
      case 'phase-started':
      case 'phase-ended':
      case 'output':
      case 'check-started':
      case 'check-progress':
      case 'usage':
        break;
      default:
        event satisfies never;
    }
  }

  /** The report of what has been folded so far. Throws when the stream had no beginning. */
  report(): Report {
    const started = this.#started;
    if (started === null) throw new Error('the events do not begin with run-started');
    const cutOff = this.#ended === null ? interrupted : this.#ended.cutOff;
    return {
      schemaVersion: reportSchemaVersion,
      tool: started.tool,
      run: started.run,
      seed: started.seed,
      backend: { path: started.backendPath, stack: this.#stack, sourceHash: this.#sourceHash },
      contract: this.#contract,
      challenge: started.challenge,
      ...(started.challengeFolder === undefined ? {} : { challengeFolder: started.challengeFolder }),
      ...(started.startTimeoutSeconds === undefined ? {} : { startTimeoutSeconds: started.startTimeoutSeconds }),
      startedAt: started.startedAt,
      durations: this.#ended?.durations ?? { build: 0, ready: 0, checks: 0, total: this.#at },
      sandbox: this.#sandbox,
      verdict: this.#ended?.verdict ?? 'undecided',
      reason: this.#ended?.reason ?? interrupted,
      ...(cutOff === undefined ? {} : { cutOff }),
      skills: countSkills(this.#checks),
      checks: [...this.#checks].sort((a, b) => this.#plan.indexOf(a.id) - this.#plan.indexOf(b.id)),
      traffic: { exchanges: this.#exchanges, statements: this.#statements },
    };
  }
}

export function foldReport(events: Iterable<RunEvent>): Report {
  const fold = new ReportFold();
  for (const event of events) fold.add(event);
  return fold.report();
}

function countSkills(checks: readonly CheckResult[]): Report['skills'] {
  const counts = Object.fromEntries(skills.map((skill) => [skill, { passed: 0, failed: 0, undecided: 0 }])) as Record<
    Skill,
    { passed: number; failed: number; undecided: number }
  >;
  for (const check of checks) {
    if (check.status !== 'not-applicable') counts[check.skill][check.status] += 1;
  }
  return counts;
}
