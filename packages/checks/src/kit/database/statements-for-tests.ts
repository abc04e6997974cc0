import type { Statement } from '@assay/contract';

/** A statement's text, or with the transaction it ran in. */
export type Said = string | readonly [text: string, transaction: number];

/** Statements of one connection, one millisecond each: a text, or a text with the transaction it ran in. */
export function statementsOf(...texts: readonly Said[]): readonly Statement[] {
  return texts.map((one, index) => {
    const [text, transaction] = typeof one === 'string' ? [one, null] : one;
    return {
      id: index + 1,
      connection: 1,
      transaction,
      protocol: 'extended',
      text,
      parameters: [],
      rows: 1,
      command: text.split(' ')[0] ?? null,
      startedAt: index,
      durationMs: 1,
    };
  });
}
