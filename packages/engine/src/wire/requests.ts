import { Portal, Prepared, unseenPortal } from './catalog.ts';
import { copyEndExpected, type Expected, naming, plain, running, syncExpected } from './expected.ts';
import { failingCommit, failingExecute, failingQuery } from './failing.ts';
import { followRules, planActs } from './follow-rules.ts';
import { block, cut, defer, type MessageReader, pass, replace, type Verdict } from './framer.ts';
import { BoundValues, readParse, readString, stringEnd } from './frontend-messages.ts';
import { frontend, headerBytes, wantedOfFrontend } from './protocol.ts';
import type { Pipeline } from './pipeline.ts';
import type { Ledger } from './recorder.ts';
import type { RuleSet } from './rules.ts';
import { Run } from './run.ts';

const statementTarget = 0x53;

/** Reads what the backend sends to its database: keeps account of what must be answered, and lets the rules act. */
export class Requests implements MessageReader {
  replacement: Buffer = Buffer.alloc(0);
  readonly #connection: number;
  readonly #ledger: Ledger;
  readonly #rules: RuleSet;
  readonly #pipeline: Pipeline;
  /** Goes on after `block`. */
  readonly #resume: (verdict: Verdict) => void;
  readonly #reserve: (count: number) => number;
  /** What is blocked, and how to stop waiting. */
  #waiting: { readonly expected: Expected; readonly giveUp: () => void } | null = null;

  constructor(
    connection: number,
    ledger: Ledger,
    rules: RuleSet,
    pipeline: Pipeline,
    resume: (verdict: Verdict) => void,
  ) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#rules = rules;
    this.#pipeline = pipeline;
    this.#resume = resume;
    this.#reserve = (count) => ledger.journal.reserve(count);
  }

  wanted(type: number, total: number): number {
    return wantedOfFrontend(type, total);
  }

  read(type: number, buffer: Buffer, start: number, end: number): Verdict {
    const body = start + headerBytes;
    if (this.#pipeline.skipping && type !== frontend.sync) return pass;
    switch (type) {
      case frontend.parse:
        return this.#parse(buffer, body, end);
      case frontend.bind:
        return this.#bind(buffer, body, end);
      case frontend.describe:
        return this.#describe(buffer, body, end);
      case frontend.execute:
        return this.#execute(buffer, body, end);
      case frontend.sync:
        this.#pipeline.sync(syncExpected);
        return pass;
      case frontend.query:
        return this.#query(readString(buffer, body, end));
      case frontend.close:
        return this.#close(buffer, body, end);
      case frontend.functionCall:
        return this.#functionCall(buffer, body, end);
      case frontend.copyDone:
      case frontend.copyFail:
        this.#pipeline.copyEnded(copyEndExpected);
        return pass;
      default:
        return pass;
    }
  }

  /** The connection ends: a blocked statement will never run. */
  end(): Expected | null {
    const waiting = this.#waiting;
    waiting?.giveUp();
    this.#waiting = null;
    return waiting?.expected ?? null;
  }

  #parse(buffer: Buffer, body: number, end: number): Verdict {
    const { name, text, types } = readParse(buffer, body, end);
    const prepared = new Prepared(text, types, this.#ledger.journal.mark());
    return this.#expect(naming('parse', name, prepared, null, this.#pipeline.statements.change(name, prepared)));
  }

  #bind(buffer: Buffer, body: number, end: number): Verdict {
    const portalName = readString(buffer, body, end);
    const statementAt = stringEnd(buffer, body, end) + 1;
    const name = readString(buffer, statementAt, end);
    const prepared = this.#pipeline.statements.get(name) ?? unseenPortal().prepared;
    const values = new BoundValues(buffer, stringEnd(buffer, statementAt, end) + 1, end);
    const portal = new Portal(prepared, values);
    return this.#expect(naming('bind', name, prepared, portal, this.#pipeline.portals.change(portalName, portal)));
  }

  #describe(buffer: Buffer, body: number, end: number): Verdict {
    const name = readString(buffer, body + 1, end);
    if (buffer[body] === statementTarget) {
      return this.#expect(naming('describe', name, this.#pipeline.statements.get(name) ?? null, null, null));
    }
    const portal = this.#pipeline.portals.get(name) ?? null;
    return this.#expect(naming('describe', null, portal?.prepared ?? null, portal, null));
  }

  #close(buffer: Buffer, body: number, end: number): Verdict {
    const name = readString(buffer, body + 1, end);
    const { statements, portals } = this.#pipeline;
    if (buffer[body] === statementTarget) {
      return this.#expect(naming('close', name, null, null, statements.change(name, undefined)));
    }
    return this.#expect(naming('close', null, null, null, portals.change(name, undefined)));
  }

  #execute(buffer: Buffer, body: number, end: number): Verdict {
    const nameEnd = stringEnd(buffer, body, end);
    const portal = this.#pipeline.portals.get(readString(buffer, body, end)) ?? unseenPortal();
    const limit = nameEnd + headerBytes <= end ? buffer.readInt32BE(nameEnd + 1) : 0;
    if (portal.run !== null) {
      // More rows of the same statement; the rules acted when it began.
      const more = running('execute', portal.run, limit);
      this.#ledger.activity.began(more);
      this.#pipeline.push(more);
      return pass;
    }
    const run = Run.extended(portal, this.#ledger.now(), this.#reserve(1));
    portal.run = run;
    return this.#underRules(running('execute', run, limit), run);
  }

  #query(text: string): Verdict {
    const run = Run.simple(text, this.#ledger.now(), this.#reserve);
    return this.#underRules(running('query', run, 0), run);
  }

  /** The old fast path, still used for large objects. It shows as the function's object id, since no text is sent. */
  #functionCall(buffer: Buffer, body: number, end: number): Verdict {
    const callee = body + 4 <= end ? buffer.readUInt32BE(body) : 0;
    const prepared = new Prepared(`FunctionCall ${callee}`, [], 0);
    const portal = new Portal(prepared, new BoundValues(buffer, body + 4, end));
    const expected = running('function', Run.extended(portal, this.#ledger.now(), this.#reserve(1)), 0);
    this.#ledger.activity.began(expected);
    this.#pipeline.push(expected);
    return pass;
  }

  #expect(expected: Expected): Verdict {
    this.#pipeline.push(expected);
    // Under rules, what prepares a statement stays with its Execute: a Parse or Bind that came early would already take locks and a
    // snapshot. The server would not answer before Sync or Flush, so nobody can tell.
    return this.#rules.any ? defer : pass;
  }

  #underRules(expected: Expected, run: Run): Verdict {
    const { activity } = this.#ledger;
    activity.began(expected);
    const acts = this.#rules.any ? planActs(this.#rules, run, this.#connection) : [];
    if (acts.length === 0) {
      this.#pipeline.push(expected);
      return pass;
    }
    let atOnce: Verdict | null = null;
    let waiting = false;
    const giveUp = followRules(acts, run, (course) => {
      this.#waiting = null;
      if (waiting) activity.began(expected);
      const verdict = course === 'cut' ? this.#cut(expected) : this.#go(expected, run);
      if (waiting) this.#resume(verdict);
      else atOnce = verdict;
    });
    if (atOnce !== null) return atOnce;
    waiting = true;
    activity.held(expected);
    this.#waiting = { expected, giveUp };
    return block;
  }

  #cut(expected: Expected): Verdict {
    // It was sent, so it is recorded as cut when the connection ends.
    this.#pipeline.push(expected);
    return cut;
  }

  #go(expected: Expected, run: Run): Verdict {
    if (this.#pipeline.skipping) {
      // While it waited something in front of it failed, so the server will pass over it.
      this.#ledger.activity.ended(expected);
      return pass;
    }
    const { failAt } = run;
    if (failAt === null) {
      this.#pipeline.push(expected);
      return pass;
    }
    const isCommit = run.kindOf(failAt.piece) === 'commit';
    if (expected.kind === 'query') {
      this.replacement = failingQuery(run.textBefore(failAt.piece), isCommit);
    } else if (isCommit) {
      for (const kind of ['close', 'parse', 'bind', 'execute'] as const) this.#pipeline.push(plain(kind, true));
      this.replacement = failingCommit();
    } else {
      this.replacement = failingExecute();
    }
    this.#pipeline.push(expected);
    if (expected.kind === 'execute') this.#pipeline.willFail();
    return replace;
  }
}
