import { Portal } from './catalog.ts';
import { readCommandTag } from './command-tag.ts';
import { errorResponse, readErrorResponse, type WireError } from './error-response.ts';
import type { Expected } from './expected.ts';
import { cut, drop, type MessageReader, pass, replace, type Verdict } from './framer.ts';
import { readTypes } from './frontend-messages.ts';
import type { Pipeline } from './pipeline.ts';
import { backend, headerBytes, wantedOfBackend } from './protocol.ts';
import type { Ledger, Recorder } from './recorder.ts';
import { Run } from './run.ts';
import { rowsCommand } from './sql-kind.ts';
import { applySqlNames } from './sql-names.ts';

const idle = 0x49;

/** Reads what the database answers, gives each answer to the request it belongs to, and records how the statements ended. */
export class Answers implements MessageReader {
  replacement: Buffer = Buffer.alloc(0);
  readonly #ledger: Ledger;
  readonly #recorder: Recorder;
  readonly #pipeline: Pipeline;
  #started = false;
  /** The statement to cut after is done but not committed: nothing passes until it is, and then the connection breaks. */
  #cutAtReady = false;

  constructor(ledger: Ledger, recorder: Recorder, pipeline: Pipeline) {
    this.#ledger = ledger;
    this.#recorder = recorder;
    this.#pipeline = pipeline;
  }

  wanted(type: number, total: number): number {
    return wantedOfBackend(type, total);
  }

  read(type: number, buffer: Buffer, start: number, end: number): Verdict {
    if (type === backend.dataRow || type === backend.copyData) return this.#cutAtReady ? drop : pass;
    if (this.#cutAtReady) return type === backend.ready ? cut : drop;
    const body = start + headerBytes;
    switch (type) {
      case backend.commandComplete: {
        const { command, rows } = readCommandTag(buffer, body, end);
        return this.#completed(command, rows);
      }
      case backend.emptyQuery:
        return this.#completed('', 0);
      case backend.ready:
        return this.#ready(buffer[body] ?? idle);
      case backend.parseComplete:
        return this.#named('parse');
      case backend.bindComplete:
        return this.#bound();
      case backend.closeComplete:
        return this.#named('close');
      case backend.rowDescription:
      case backend.noData:
        return this.#answered('describe');
      case backend.parameterDescription:
        return this.#describedParameters(buffer, body, end);
      case backend.portalSuspended:
        return this.#suspended();
      case backend.error:
        return this.#failed(readErrorResponse(buffer, body, end));
      case backend.notice:
        return this.#isOurs(this.#pipeline.head()) ? drop : pass;
      case backend.copyIn:
      case backend.copyOut:
      case backend.copyBoth:
        return this.#copyStarted(type === backend.copyIn);
      case backend.functionResult:
        return this.#functionReturned();
      default:
        return pass;
    }
  }

  #answered(kind: Expected['kind']): Verdict {
    const head = this.#pipeline.head();
    if (head?.kind !== kind) return pass;
    this.#pipeline.shift();
    return head.ours ? drop : pass;
  }

  /** The server has given a name to a statement, or taken one away. */
  #named(kind: 'parse' | 'close'): Verdict {
    const head = this.#pipeline.head();
    const { confirmed } = this.#pipeline;
    if (head?.kind === kind && head.name !== null) confirmed.set(head.name, head.prepared ?? undefined);
    return this.#answered(kind);
  }

  #bound(): Verdict {
    const head = this.#pipeline.head();
    // In a pipeline the Bind may have been read before the statement's Parse failed, or before SQL prepared it.
    if (head?.kind === 'bind' && head.portal !== null && head.name !== null) {
      head.portal.prepared = this.#pipeline.confirmed.get(head.name) ?? head.portal.prepared;
    }
    return this.#answered('bind');
  }

  #describedParameters(buffer: Buffer, body: number, end: number): Verdict {
    const prepared = this.#pipeline.head()?.prepared;
    if (prepared !== null && prepared !== undefined) prepared.types = readTypes(buffer, body, end);
    return pass;
  }

  #completed(command: string, rows: number): Verdict {
    const head = this.#pipeline.head();
    if (head === undefined) return pass;
    // A ROLLBACK of ours in front of a COMMIT that is to fail.
    if (this.#isOurs(head)) return head.kind === 'execute' ? this.#answered('execute') : drop;
    const { run } = head;
    if (run === null) return pass;
    const breaks = this.#cutAfter(head, run, command);
    if (breaks !== null) return breaks;
    const { id, piece } = run;
    const text = run.textOf(piece);
    this.#recorder.completed(run, command, rows);
    applySqlNames(command, text, id + piece, this.#pipeline.statements);
    applySqlNames(command, text, Infinity, this.#pipeline.confirmed);
    if (head.kind === 'execute') this.#shiftRun(head);
    return pass;
  }

  #suspended(): Verdict {
    const head = this.#pipeline.head();
    if (head?.kind !== 'execute' || head.run === null) return pass;
    const breaks = this.#cutAfter(head, head.run, 'COMMIT');
    if (breaks !== null) return breaks;
    // The server suspends exactly when the limit is reached.
    this.#recorder.completed(head.run, rowsCommand(head.run.textOf(0)), head.limit);
    this.#shiftRun(head);
    return pass;
  }

  #functionReturned(): Verdict {
    const head = this.#pipeline.head();
    if (head?.kind === 'function' && head.run !== null) this.#recorder.completed(head.run, 'FUNCTION', 0);
    return pass;
  }

  #copyStarted(takesData: boolean): Verdict {
    const run = this.#pipeline.head()?.run;
    if (run !== null && run !== undefined) run.protocol = 'copy';
    if (takesData) this.#pipeline.copyInStarted();
    return pass;
  }

  #failed(error: WireError): Verdict {
    const head = this.#pipeline.head();
    if (head === undefined) return pass;
    if (head.kind === 'sync') {
      this.#recorder.failedAtCommit(error);
      return pass;
    }
    const verdict = this.#planned(head) ?? pass;
    const shown = verdict === replace && head.run?.failAt ? head.run.failAt : error;
    if (head.kind === 'query' || head.kind === 'function') {
      if (head.run !== null) this.#recorder.failed(head.run, shown);
      return verdict;
    }
    const skipped = this.#pipeline.skipToSync();
    this.#recordFailure(head, skipped, shown);
    for (const expected of skipped)
      if (expected.kind === 'execute' && !expected.ours) this.#ledger.activity.ended(expected);
    return verdict;
  }

  /** Exchanges the error for the one a rule asked for, when it is that rule's doing. */
  #planned(head: Expected): Verdict | null {
    const { run } = head;
    if (!this.#isOurs(head) || run === null || run.failAt === null) return null;
    this.replacement = errorResponse('ERROR', run.failAt.code, run.failAt.message);
    return replace;
  }

  /** Whether what the server does now was asked for by the proxy. */
  #isOurs(head: Expected | undefined): boolean {
    if (head === undefined) return false;
    const { failAt = null, piece = 0 } = head.run ?? {};
    return head.ours || (failAt !== null && failAt.piece === piece);
  }

  /** An error of Parse, Bind or Describe belongs to the Execute they prepare, when that was sent; otherwise it stands alone. */
  #recordFailure(head: Expected, skipped: readonly Expected[], error: WireError): void {
    const execute =
      head.run === null ? skipped.find(({ run }) => run !== null && run.portal?.prepared === head.prepared) : head;
    if (execute?.run) {
      this.#recorder.failed(execute.run, error);
    } else if (head.prepared !== null) {
      const portal = head.portal ?? new Portal(head.prepared, null);
      const id = this.#ledger.journal.reserve(1);
      this.#recorder.failed(Run.extended(portal, this.#ledger.now(), id), error);
    }
  }

  #cutAfter(head: Expected, run: Run, command: string): Verdict | null {
    const { cutAfter } = run;
    if (cutAfter === null || cutAfter.piece !== run.piece || run.recorded !== null || !cutAfter.rule.take(cutAfter.hit))
      return null;
    // Outside a transaction block an Execute is committed by Sync only, after its CommandComplete.
    const ends = command === 'COMMIT' || command === 'ROLLBACK' || command === 'PREPARE TRANSACTION';
    const commitsLater = head.kind === 'execute' && !ends && !this.#recorder.inBlock && this.#pipeline.syncWaits;
    this.#cutAtReady = commitsLater;
    return commitsLater ? drop : cut;
  }

  #shiftRun(head: Expected): void {
    this.#pipeline.shift();
    this.#ledger.activity.ended(head);
  }

  #ready(status: number): Verdict {
    if (!this.#started) {
      // The end of the start-up.
      this.#started = true;
      return pass;
    }
    const done = this.#pipeline.ready();
    if (done !== undefined && done.run !== null) {
      // No tag and no error: replication commands end so.
      if (done.run.piece === 0 && !done.run.failed && done.run.recorded === null)
        this.#recorder.completed(done.run, '', 0);
      this.#ledger.activity.ended(done);
    }
    this.#recorder.ready(status);
    // A transaction's portals end with it.
    const { portals } = this.#pipeline;
    if (status === idle && portals.namedCount > 0 && this.#pipeline.size === 0) portals.deleteWhere(() => true);
    return pass;
  }
}
