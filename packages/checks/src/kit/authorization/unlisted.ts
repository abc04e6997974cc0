import { isJsonObject, type Json } from '@assay/contract';
import type { Made } from '../setup/made.ts';

/** A thing that somebody made, and what another one did with it. */
interface Tested<T> {
  readonly made: Pick<Made, 'sent' | 'body'>;
  /** It stood in the list of the other one as well. */
  readonly seenByOther: boolean;
  readonly tried: readonly T[];
}

const closedWords = /^(private|secret|restricted|draft)$/i;

/**
 * What was done with things of one kind. Where the list of the other one shows some of them, that one is missing there does not close it: it may be unlisted,
 * and for whoever has its address. Then only what calls itself closed counts as such to its readers.
 */
export function withoutUnlisted<T extends { readonly kind: string; readonly grounds: readonly string[] }>(
  things: readonly Tested<T>[],
): readonly T[] {
  const shown = things.filter(({ seenByOther }) => seenByOther).flatMap(({ made }) => markedIn(made));
  const isMixed = things.some(({ seenByOther }) => seenByOther);
  return things.flatMap(({ made, seenByOther, tried }) => {
    const isClosed = markedIn(made).some((mark) => !shown.includes(mark));
    if (!isMixed || seenByOther || isClosed) return tried;
    return tried.map((one) =>
      one.kind === 'read' ? { ...one, grounds: one.grounds.filter((ground) => ground !== 'list') } : one,
    );
  });
}

/** Which of its members say that it is closed, as it was sent or as the answer tells. */
function markedIn({ sent, body }: Pick<Made, 'sent' | 'body'>): readonly string[] {
  const inside = [sent, body, ...[sent, body].flatMap((one) => (isJsonObject(one) ? Object.values(one) : []))];
  return inside.flatMap((one: Json | undefined) =>
    isJsonObject(one)
      ? Object.entries(one).flatMap(([name, value]) =>
          closedWords.test(String(value)) ? [`${name}=${String(value)}`] : [],
        )
      : [],
  );
}
