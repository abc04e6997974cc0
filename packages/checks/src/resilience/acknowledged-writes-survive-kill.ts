import { type Check, type Exchange, type FindingDraft, type ProbeContext, type StartOutcome } from '@assay/contract';
import { type KilledChanges, killedChanges, type LostChange } from '../kit/faults/killed-changes.ts';
import { killedUnderLoad, type KillMoment } from '../kit/faults/killed-under-load.ts';
import { type SettledWrites, settledWrites } from '../kit/faults/settled-writes.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { isGone, readBack } from '../kit/reading/read-back.ts';
import { type Loss, stillThere } from '../kit/reading/still-there.ts';
import { creatable, type Creation, creations, keptResources } from '../kit/setup/creations.ts';
import { type Made, Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, outcome, requestLine, shorten } from '../kit/words.ts';

/** How long each statement that writes is held back, so that an answer which does not wait for it shows. Milliseconds. */
const delayMs = 60;
/** Who creates things at the same time. */
const clients = 4;
/** After how many answers to the one that is looked at the kill comes, at most. */
const latestKill = 4;
/** How long after the first acknowledgement a kill comes that waits for no answer, at most. Milliseconds. */
const latestMoment = 40;
/** For how many kinds of things one is the last before a kill, while the database is slow. */
const mostKinds = 3;
/** A backend that takes longer to start is not killed once more when so many kinds have had their turn. Milliseconds. */
const longStart = 4000;

interface Round {
  readonly how: string;
  readonly acknowledged: readonly Exchange[];
  /** Requests that had no answer when the kill came: what they asked for may be there or not. */
  readonly unanswered: number;
  /** Which of these the database says had been committed. */
  readonly settled?: SettledWrites | null;
  /** What was acknowledged and could not be read after the backend was started again. */
  readonly lost: readonly Loss[];
  /** How many of what was acknowledged could be read then. */
  readonly shown?: number;
  /** A read that tells nothing of its thing. */
  readonly unread?: Exchange | null;
  readonly restarted: StartOutcome;
  /** Where it did not start: whether another one does, on its own database, after a stop that was no kill. */
  readonly startsAfterStop?: boolean;
  /** Nothing was ever written to the database, and what had been made long before was gone as well. */
  readonly inMemory: boolean;
}

interface Evidence {
  readonly rounds: readonly Round[];
  /** Changes and deletions at whose acknowledgement a last kill came; null when there was none. */
  readonly changes: KilledChanges | null;
  readonly trouble: string | null;
}

/**
 * What was acknowledged is still there after the backend is killed under load, at the very moment of an answer, and started again. The database is slow to
 * write meanwhile, so that an answer which is sent before its write is complete cannot win the race by luck. One more kill comes at any moment, at full speed.
 */
export const check: Check<Evidence> = {
  id: 'resilience/acknowledged-writes-survive-kill',
  claim: 'What was acknowledged survives a kill',
  skill: 'databases',
  severity: 'critical',
  names: { cwe: 'CWE-393' },
  needs: [],
  instance: 'own',
  applies: (_contract, shape) =>
    keptResources(shape.resources).length > 0 ? applies : doesNotApply('nothing that can be created can be read'),
  probe: async (context) => {
    const rounds: Round[] = [];
    let trouble: string | null = null;
    const kinds = Math.min(mostKinds, keptResources(context.shape.resources).length);
    for (let turn = 0; turn <= kinds; turn += 1) {
      const before = rounds.at(-1)?.restarted;
      if (context.signal.aborted || (turn === mostKinds && before?.ready === true && before.durationMs > longStart))
        break;
      try {
        const round = await killed(context, turn, turn < kinds);
        rounds.push(round);
        if (!round.restarted.ready) break;
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    const last = rounds.at(-1);
    const goesOn = last?.restarted.ready === true && rounds.every(({ lost }) => lost.length === 0);
    let changes: KilledChanges | null = null;
    try {
      if (goesOn && !context.signal.aborted) changes = await killedChanges(context, delayMs);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble = error.message;
    }
    return { rounds, changes, trouble };
  },
  judge: ({ rounds, changes, trouble }) => {
    const told =
      rounds.reduce((sum, round) => sum + (round.shown ?? round.acknowledged.length), 0) +
      (changes?.told ?? changes?.acknowledged.length ?? 0);
    if (rounds.some(({ inMemory }) => inMemory))
      return notApplicable(
        'the backend keeps everything in memory: what had been made long before the kill was gone after it as well',
      );
    if (rounds.some(({ startsAfterStop = true }) => !startsAfterStop))
      return undecided(
        'it does not start a second time on its own database, killed or not: resilience/restart-is-idempotent looks at that',
      );
    const findings = [...rounds.flatMap(complaints), ...(changes?.lost ?? []).map(lostChange)].slice(0, 1);
    const [unread] = rounds.flatMap((round) => round.unread ?? []);
    if (findings.length === 0 && told === 0)
      return undecided(
        unread === undefined
          ? (trouble ?? 'no write was acknowledged')
          : `nothing that was acknowledged could be read after a kill: ${outcome(unread)}`,
      );
    return judged(
      findings,
      `${count(told, 'acknowledged write')} read after ${count(rounds.length + ((changes?.acknowledged.length ?? 0) > 0 ? (changes?.kills ?? 1) : 0), 'kill')} under load${settledIn(rounds)}`,
    );
  },
};

function settledIn(rounds: readonly Round[]): string {
  const sum = (of: keyof SettledWrites): number =>
    rounds.reduce((total, { settled }) => total + (settled?.[of] ?? 0), 0);
  const [committed, absent] = [sum('committed'), sum('absent')];
  if (committed + absent === 0) return '';
  return `; of ${committed + absent} more that had no answer, PostgreSQL had committed ${committed}`;
}

/** @param turn which kind of thing the answer tells of at which the kill comes. @param slow false for a kill at any moment, at full speed */
async function killed(context: ProbeContext, turn: number, slow: boolean): Promise<Round> {
  const setup = new Setup(context);
  const instance = context.backend;
  // What the writes are bound to is made beforehand, at full speed; what cannot be made (a transfer without funds) is left out.
  const { resources, made: early, trouble } = await creatable(context, setup);
  if (resources.length === 0) throw new SetupFailed(trouble ?? 'nothing could be created');
  const plans: (readonly Creation[])[] = [];
  for (let client = 0; client < clients; client += 1) {
    const resource = resources[(turn + client) % resources.length];
    if (resource !== undefined) plans.push(await creations(context, setup, resource, 2 * latestKill));
  }
  const rule = slow ? instance.wire?.rule({ do: 'delay', match: { kind: 'write' }, ms: delayMs }) : undefined;
  const moment: KillMoment = slow
    ? { answers: context.random.integer(1, latestKill) }
    : { afterMs: context.random.integer(0, latestMoment) };
  const mark = instance.wire?.mark() ?? 0;
  const { made, unanswered } = await killedUnderLoad(context, plans, moment);
  const statements = instance.wire?.since(mark) ?? [];
  rule?.remove();
  const writesToDatabase =
    instance.wire?.statements().some(({ command }) => /^(INSERT|UPDATE|MERGE|COPY)/.test(command ?? '')) === true;
  const restarted = await instance.start();
  const nothing = { lost: [], shown: 0, unread: null };
  const { lost, shown, unread } = restarted.ready ? await stillThere(setup, made, context.signal) : nothing;
  const settled = restarted.ready ? await settledWrites(context, statements, made, unanswered) : null;
  // A challenge asks for a database; elsewhere, keeping things in memory may be what was meant.
  const inMemory =
    restarted.ready &&
    context.challenge === null &&
    !writesToDatabase &&
    lost.length === made.length &&
    (await areGone(setup, early));
  return {
    how: slow
      ? `at the moment of an answer, while the database took ${delayMs} ms for each write`
      : 'at a random moment, at full speed',
    acknowledged: made.map(({ exchange }) => exchange),
    unanswered: unanswered.length,
    settled,
    lost,
    shown,
    unread,
    restarted,
    ...(restarted.ready ? {} : { startsAfterStop: await startsAfterStop(context) }),
    inMemory,
  };
}

/** What the kill has to do with a start that failed shows in another instance, which is stopped as anybody stops it. */
async function startsAfterStop(context: ProbeContext): Promise<boolean> {
  const other = await context.fresh();
  const { exited } = await other.stop('SIGTERM', 10_000);
  if (!exited) return true;
  return (await other.start()).ready;
}

async function areGone(setup: Setup, early: readonly Made[]): Promise<boolean> {
  for (const one of early) if (!isGone(await readBack(setup, one))) return false;
  return early.length > 0;
}

const fix =
  'Send the answer only when COMMIT has returned: await the write, no queue in memory, no transaction that is committed later.';

function lostChange({ written, read, place, sent, back }: LostChange): FindingDraft {
  const seen =
    place === null
      ? outcome(read)
      : `${requestLine(read)} has ${shorten(JSON.stringify(back), 60)} at ${place} again, where ${shorten(JSON.stringify(sent), 60)} was sent`;
  return {
    key: place === null ? 'deletion lost' : 'change lost',
    title: `${requestLine(written)} was acknowledged with ${written.response?.status}, the backend was killed, and ${seen}`,
    detail: `The backend was killed as soon as it had answered, while the database took ${delayMs} ms for each write, and started again. The same request, done to another thing without a kill, showed in the next read. Whoever was told that something is changed has no reason to send it again.`,
    fix,
    evidence: [
      { kind: 'exchange', exchange: written },
      { kind: 'note', text: 'SIGKILL to every process of the backend; started again on the same database' },
      { kind: 'exchange', exchange: read },
    ],
  };
}

function complaints({ how, acknowledged, lost, restarted }: Round): readonly FindingDraft[] {
  if (!restarted.ready) {
    const last = acknowledged.at(-1);
    return [
      {
        key: 'does not start again',
        title: `After a kill the backend does not start again on its own database: ${restarted.reason}`,
        detail:
          'A process is killed sooner or later: by the machine, by a deploy, by running out of memory. It must come back by itself.',
        fix: 'Make start-up idempotent: create tables only when they are missing, run migrations that know what has been applied, remove stale lock files.',
        evidence: [
          { kind: 'log', lines: restarted.log },
          ...(last === undefined ? [] : [{ kind: 'exchange' as const, exchange: last }]),
        ],
      },
    ];
  }
  const [first] = lost;
  if (first === undefined) return [];
  return [
    {
      key: 'lost',
      title: `${requestLine(first.written)} was acknowledged with ${first.written.response?.status}, the backend was killed, and ${outcome(first.read)}`,
      detail: `${lost.length} of ${acknowledged.length} acknowledged writes were lost when the backend was killed ${how}, and ${clients} clients wrote at the same time. Whoever was told that something is kept has no reason to send it again.`,
      fix,
      evidence: [
        { kind: 'exchange' as const, exchange: first.written },
        { kind: 'note' as const, text: 'SIGKILL to every process of the backend; started again on the same database' },
        { kind: 'exchange' as const, exchange: first.read },
      ],
    },
  ];
}
