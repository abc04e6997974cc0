import type { Json, ProbeContext, Statement } from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { rowsWith } from '../database/stored-rows.ts';
import type { Creation } from '../setup/creations.ts';
import type { Made } from '../setup/setup.ts';

/** What became of writes that nobody was told of, as the rows in the database say; of the rest of them they say nothing. */
export interface SettledWrites {
  readonly committed: number;
  readonly absent: number;
}

/** Shorter texts stand in a row by chance. */
const shortest = 6;

/**
 * Settles in PostgreSQL whether writes without an answer were committed, by texts that only they hold. Only for kinds of things of which one that was
 * acknowledged is found by its text: others may be kept in another form.
 */
export async function settledWrites(
  context: Pick<ProbeContext, 'backend'>,
  statements: readonly Pick<Statement, 'text'>[],
  acknowledged: readonly Made[],
  unanswered: readonly Creation[],
): Promise<SettledWrites> {
  const all = [...acknowledged, ...unanswered].map(({ sent }) => textsOf(sent));
  const isStored = async (sent: Json | undefined): Promise<boolean | null> => {
    const own = textsOf(sent).find((text) => all.filter((texts) => texts.includes(text)).length === 1);
    return own === undefined ? null : (await rowsWith(context, statements, own)).length > 0;
  };
  const telling = new Map<string, boolean>();
  let [committed, absent] = [0, 0];
  for (const { resource, sent } of unanswered) {
    const like = acknowledged.find((one) => one.resource === resource.name);
    if (!telling.has(resource.name)) telling.set(resource.name, (await isStored(like?.sent)) === true);
    const stored = telling.get(resource.name) === true ? await isStored(sent) : null;
    if (stored === true) committed += 1;
    if (stored === false) absent += 1;
  }
  return { committed, absent };
}

function textsOf(sent: Json | undefined): readonly string[] {
  return scalarsIn(sent).flatMap(({ value }) =>
    typeof value === 'string' && value.length >= shortest && JSON.stringify(value) === `"${value}"` ? [value] : [],
  );
}
