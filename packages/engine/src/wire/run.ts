import type { RuleHit, SqlValue, Statement } from '@assay/contract';
import type { Portal } from './catalog.ts';
import type { WireError } from './error-response.ts';
import { noParameters } from './frontend-messages.ts';
import type { MatchedStatement, Rule } from './rules.ts';
import { type SqlKind, sqlKind } from './sql-kind.ts';
import { isSingleSql, type SqlPiece, splitSql } from './sql-split.ts';

/** A rule that acts on one of the statements of a run. */
export interface PlannedAct {
  readonly rule: Rule;
  readonly piece: number;
  readonly hit: RuleHit;
}

/** What one Query or Execute asks of the database: a statement, or several when a simple query holds them. */
export class Run {
  /** Of its first statement; the others follow. */
  readonly id: number;
  readonly startedAt: number;
  /** Null for a simple query. */
  readonly portal: Portal | null;
  /** Of a simple query, whole. */
  readonly #text: string;
  readonly #pieces: readonly SqlPiece[];
  protocol: Statement['protocol'];
  /** The statement that the database works on; all before it are done. */
  piece = 0;
  /** It failed: what it still holds will not run. */
  failed = false;
  /** What was recorded last, and may still be amended: a portal can be read in parts. */
  recorded: Statement | null = null;
  cutAfter: PlannedAct | null = null;
  failAt: (PlannedAct & WireError) | null = null;

  private constructor(id: number, startedAt: number, text: string, pieces: readonly SqlPiece[], portal: Portal | null) {
    this.id = id;
    this.startedAt = startedAt;
    this.portal = portal;
    this.#text = text;
    this.#pieces = pieces;
    this.protocol = portal === null ? 'simple' : 'extended';
  }

  /** @param reserve gives the first of so many new ids */
  static simple(text: string, startedAt: number, reserve: (count: number) => number): Run {
    const pieces = isSingleSql(text) ? noPieces : splitSql(text);
    // One piece is shown as it was sent, with its semicolon and comments.
    const several = pieces.length > 1 ? pieces : noPieces;
    return new Run(reserve(Math.max(1, several.length)), startedAt, text, several, null);
  }

  static extended(portal: Portal, startedAt: number, id: number): Run {
    return new Run(id, startedAt, '', noPieces, portal);
  }

  get pieces(): number {
    return Math.max(1, this.#pieces.length);
  }

  /** The whole text in front of a piece. */
  textBefore(piece: number): string {
    return this.#text.slice(0, this.#pieces[piece]?.start ?? 0);
  }

  textOf(piece: number): string {
    return this.portal?.prepared.text ?? this.#pieces[piece]?.text ?? this.#text;
  }

  kindOf(piece: number): SqlKind {
    return this.portal?.prepared.kind ?? sqlKind(this.textOf(piece));
  }

  parameters(): readonly SqlValue[] {
    return this.portal?.parameters() ?? noParameters;
  }

  /** One of its statements as the rules see it. */
  matched(piece: number, connection: number): MatchedStatement {
    return {
      text: this.textOf(piece),
      connection,
      kind: () => this.kindOf(piece),
      parameters: () => this.parameters(),
    };
  }
}

const noPieces: readonly SqlPiece[] = [];
