import type { Check, Contract, ContractShape, FindingDraft, ProbeContext, Resource } from '@assay/contract';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { claimFinding, type Scarcity, skewFinding } from '../kit/races/claim-finding.ts';
import { doneTwice } from '../kit/races/done-twice.ts';
import { storyOf } from '../kit/races/interleave-story.ts';
import { isSkewed, siblingSubjects } from '../kit/races/sibling-changes.ts';
import { bothSucceed, runSeries, type Series, type Trial, unexplained } from '../kit/races/trial.ts';
import { movements, movementSubjects } from '../kit/races/twin-movements.ts';
import { fieldSubjects, type Subject, tagSubjects, versionSubjects } from '../kit/races/twin-updates.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isCarriedOut, isRefusal, list, requestLine } from '../kit/words.ts';

/** How many statements of one request it is held at, one after the other. */
const mostPoints = 3;
/** The part of the time that must be left to begin with another operation. */
const leastLeft = 0.3;
/** How often a sum is looked at again until something is lost of it once more: where nothing can be held, that is a matter of chance. */
const confirmations = 2;
/** How many operations that act on things of other kinds are tried. */
const mostMovements = 6;

interface Find {
  readonly operation: string;
  readonly kind: Subject['kind'];
  readonly what: string;
  readonly made?: Resource | null;
  readonly trial: Trial;
}

interface Evidence {
  /** What was tried, with how often both ran at the same time, and whether one was held for the other. */
  readonly tried: readonly {
    readonly operation: string;
    readonly kind: Subject['kind'];
    readonly runs: number;
    readonly directed: boolean;
  }[];
  readonly finds: readonly Find[];
  readonly watched: boolean;
  /** Operations that were not tried because the time was nearly up. */
  readonly untried?: readonly string[];
  readonly trouble: string | null;
}

/** Two requests that change the same thing at the same time, and are both acknowledged, leave what one after the other would have left. */
export const check: Check<Evidence> = {
  id: 'data/no-lost-update',
  claim: 'Two changes of one thing at the same time are both kept, or one is refused',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-362' },
  needs: [],
  instance: 'own',
  applies: (contract, shape) =>
    hasUpdates(shape) || hasMovements(contract, shape)
      ? applies
      : doesNotApply('nothing that can be created and read can be changed by two requests'),
  probe: async (context) => {
    const setup = new Setup(context);
    const tried: Evidence['tried'][number][] = [];
    const finds: Find[] = [];
    const untried: string[] = [];
    let trouble: string | null = null;
    const notes = { trouble: (message: string) => (trouble = message), untried: (id: string) => untried.push(id) };
    for await (const subject of subjects(context, setup, notes)) {
      if (context.signal.aborted) break;
      if (finds.some(({ operation, kind }) => operation === subject.operation && kind === subject.kind)) continue;
      context.progress(`${subject.operation}: ${subject.what}`);
      try {
        const run = () =>
          runSeries({
            instance: context.backend,
            signal: context.signal,
            prepare: () => subject.prepare(),
            isTelling: (serial) => isTelling(subject.kind, serial),
            isFind: (trial) => isFind({ ...subject, trial }),
            mostPoints,
          });
        const series = await run();
        if (series === null) continue;
        const { operation, kind, what, made } = subject;
        const directed = series.trials.some(({ point }) => point !== null);
        tried.push({ operation, kind, runs: series.trials.length, directed });
        const found = series.trials.find((trial) => isFind({ ...subject, trial }));
        if (found !== undefined && (kind !== 'sum' || (await comesAgain(found, run))))
          finds.push({ operation, kind, what, made, trial: found });
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { tried, finds, watched: context.backend.wire !== null, untried, trouble };
  },
  judge: ({ tried, finds, watched, untried = [], trouble }) => {
    const found = finds.flatMap(complaints);
    const runs = tried.reduce((sum, one) => sum + one.runs, 0);
    if (found.length === 0 && runs === 0) {
      return trouble === null
        ? notApplicable('no two requests were found that change the same thing and can be told apart afterwards')
        : undecided(trouble);
    }
    const how = watched ? 'one of them held back between its statements' : 'sent together; the database is not watched';
    const left = untried.length === 0 ? '' : `; there was no time for ${list(untried)}`;
    return judged(
      distinct(found),
      `${count(runs, 'pair')} of changes of ${count(tried.length, 'kind')}, ${how}${left}`,
    );
  },
};

/** A number that is rounded, or shared with what was done before, may seem to lose something once. */
async function comesAgain(first: Trial, run: () => Promise<Series | null>): Promise<boolean> {
  const lost = unexplained(first, 'movements');
  if (lost?.kind !== 'lost') return lost !== null;
  for (let tries = 0; tries < confirmations; tries += 1) {
    for (const trial of (await run())?.trials ?? []) {
      const again = unexplained(trial, 'movements');
      if (again?.kind === 'lost' && again.names.some((name) => lost.names.includes(name))) return true;
    }
  }
  return false;
}

async function* subjects(
  context: ProbeContext,
  setup: Setup,
  notes: { trouble(message: string): void; untried(operation: string): void },
): AsyncGenerator<Subject> {
  const enough = leastLeft * context.remaining();
  yield* fieldSubjects(context, setup);
  yield* tagSubjects(context, setup);
  yield* versionSubjects(context, setup);
  yield* siblingSubjects(context, setup);
  for (const operation of movements(context).slice(0, mostMovements)) {
    if (context.remaining() < enough) {
      notes.untried(operation.id);
      continue;
    }
    try {
      yield* movementSubjects(context, setup, operation);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      notes.trouble(error.message);
    }
  }
}

function hasUpdates(shape: ContractShape): boolean {
  return shape.resources.some(
    ({ create, read, patch, replace }) => create !== null && read !== null && (patch !== null || replace !== null),
  );
}

function hasMovements(contract: Contract, shape: ContractShape): boolean {
  return contract.operations.some(
    ({ id, method }) =>
      method === 'POST' && (shape.bindings[id] ?? []).some(({ target }) => !target.startsWith('query:')),
  );
}

function isFind({ kind, made = null, trial }: Pick<Find, 'kind' | 'made' | 'trial'>): boolean {
  if (kind === 'skew') return isSkewed(trial);
  return isScarcity(kind) ? doneTwice(trial, made) !== null : unexplained(trial, tellOf(kind)) !== null;
}

/** What the facts of these trials tell: what a thing holds afterwards, or by how much its numbers moved. */
function tellOf(kind: Subject['kind']): 'values' | 'movements' {
  return kind === 'sum' ? 'movements' : 'values';
}

function isScarcity(kind: Subject['kind']): kind is Scarcity {
  return kind === 'once' || kind === 'last' || kind === 'quota';
}

/** What the serial runs must show for a run at the same time to tell anything. */
function isTelling(kind: Subject['kind'], [order, again, reversed]: Trial['serial']): boolean {
  if (kind === 'fields') return [order, again, reversed].every(bothSucceed);
  if (kind === 'sum') {
    const moved = Object.entries(order.facts).some(([name, value]) => value !== '0' && again.facts[name] === value);
    return moved && [order, again, reversed].every(bothSucceed);
  }
  return (
    [order, again].every(({ first, second }) => isCarriedOut(first) && isRefusal(second)) &&
    isCarriedOut(reversed.second) &&
    isRefusal(reversed.first)
  );
}

function complaints({ operation, kind, what, made = null, trial }: Find): readonly FindingDraft[] {
  if (kind === 'skew') return isSkewed(trial) ? [skewFinding(operation, what, trial)] : [];
  if (isScarcity(kind)) {
    const twice = doneTwice(trial, made);
    return twice === null ? [] : [claimFinding(operation, what, trial, twice, kind)];
  }
  const why = unexplained(trial, tellOf(kind));
  if (why === null) return [];
  const { interleaved, serial } = trial;
  const [order] = serial;
  const line = requestLine(interleaved.first);
  const explained = interleaved.held === null ? '' : ` ${explanation}`;
  const evidence: FindingDraft['evidence'] = [
    ...(interleaved.held === null ? [] : [storyOf(interleaved, `${what}; time runs downwards`)]),
    { kind: 'exchange', exchange: interleaved.first },
    { kind: 'exchange', exchange: interleaved.second },
    ...interleaved.reads.map((exchange) => ({ kind: 'exchange' as const, exchange, note: 'read when both were done' })),
  ];
  if (why.kind === 'both-accepted') {
    const refusal = order.second.response?.status;
    const seen = kind === 'tag' || kind === 'version' ? seenBefore[kind] : null;
    return [
      {
        key: `${operation} ${seen === null ? 'both accepted' : kind}`,
        title:
          seen !== null
            ? `Two ${operation} with the same ${seen.name} were both carried out; in turn the second one gets ${refusal}`
            : `Two ${operation} at the same time were both carried out; in turn the second one gets ${refusal}`,
        detail:
          seen !== null
            ? `${seen.place} says which version a client has seen. Both clients had seen the same one, so the second change is made on sight of something that is no longer there, and what the first one wrote is overwritten unseen.${explained}`
            : `Each request found the way free, and both took it: what only one may have was given twice, as in a double spend or a seat that is sold to two. One after the other, the second is refused.${explained}`,
        fix: seen === null ? sumFix : seen.fix,
        severity: seen === null ? 'critical' : 'high',
        operation,
        evidence: [
          ...evidence,
          { kind: 'exchange', exchange: order.second, note: 'the second one, when they ran in turn' },
        ],
      },
    ];
  }
  const lost = why.names.map((name) => ({
    kind: 'value' as const,
    label: kind === 'sum' ? `change of ${name}` : name,
    expected: order.facts[name] ?? null,
    actual: interleaved.facts[name] ?? null,
  }));
  return [
    {
      key: `${operation} ${kind === 'sum' ? 'sum' : 'lost'}`,
      title: `Two ${operation} at the same time both succeeded, and ${kind === 'sum' ? `${list(why.names)} shows only part of them` : `the change of ${list(why.names)} is gone`}`,
      detail: `Both requests were answered with success (${line}: ${what}). Afterwards ${list(why.names)} holds what it would hold in no order of the two, so something that was acknowledged is lost.${explained}`,
      fix: kind === 'sum' ? sumFix : fieldFix,
      operation,
      evidence: [...lost, ...evidence],
    },
  ];
}

const explanation =
  'The first request read the row, the second one read and wrote it in between, and then the first wrote what it had made of its old reading. PostgreSQL’s READ COMMITTED, the isolation level that every driver begins with, allows this.';
const fieldFix =
  'Write only the columns that the body names (`UPDATE … SET name = $2 WHERE id = $1`), or read the row with SELECT … FOR UPDATE in the same transaction that writes it.';
const sumFix =
  'Let the database compute (`SET balance = balance - $2 … WHERE id = $1 AND balance >= $2`, and look at the number of rows), or lock the row with SELECT … FOR UPDATE before reading what is decided on. SERIALIZABLE with a retry does it too.';
const versionFix = (refusal: number): string =>
  `Compare the version where it is written: \`UPDATE … WHERE id = $1 AND version = $2\`, and answer ${refusal} when no row was changed; or lock the row with SELECT … FOR UPDATE before comparing.`;
/** How two updates say which version they were made on. */
const seenBefore = {
  tag: { name: 'entity tag', place: 'If-Match', fix: versionFix(412) },
  version: { name: 'version', place: 'The version in the body', fix: versionFix(409) },
} as const;
