import { namedValues } from '../database/inserted-values.ts';
import { keptColumn } from './shown-hashes.ts';
import type { WrittenValues } from './stored-passwords.ts';

/**
 * Whether a value that a statement writes may be what is kept of a password: by the column that it goes into, or because it looks like nothing else. The name of a picture
 * that was picked at random is none.
 */
export function mayBeDigest(written: WrittenValues, index: number): boolean {
  const column = columnOf(written, index);
  if (column !== null && keptColumn.test(column)) return true;
  return (column === null || !picked.test(column)) && looksRandom(written.values[index] ?? '');
}

/** What people are given one of several, or one that others have, too: an address with a digest in it, the id of a group. */
const picked =
  /(^|_)(avatar|image|img|picture|photo|icon|logo|ur[il]|path|file|theme|colou?r|variant|group|bucket|cohort|experiment|tenant|shard|region|plan|role|u?u?id)s?(_?(ur[il]|path|name|file|key|id))?$|[a-z](Id|Ur[il])$/i;

/** The column of an INSERT with named columns; null where the text does not tell. */
function columnOf({ template, literals }: WrittenValues, index: number): string | null {
  let texts = 0;
  for (const [column, value] of namedValues(template)) {
    const parameter = /^\$(\d+)/.exec(value)?.[1];
    const at = parameter === undefined ? texts : literals + Number(parameter) - 1;
    texts += value.split('?').length - 1;
    if (at === index && /^(\$\d|\?)/.test(value)) return column;
  }
  return null;
}

/** Hexadecimal digits of at least 64 bits, or a run of base64 of which every third sign is of another kind than the one before it: words and paths change more seldom. */
function looksRandom(value: string): boolean {
  if (/^(\\x)?[0-9a-f]{16,}$/i.test(value)) return /\d/.test(value) && /[a-f]/i.test(value);
  const runs = value.match(/[\w+/.]{22,}/g) ?? [];
  return runs.some((run) => changesIn(run) * 5 >= run.length * 2);
}

function changesIn(text: string): number {
  const kinds = [...text].map((sign) =>
    /[a-z]/.test(sign) ? 'a' : /[A-Z]/.test(sign) ? 'A' : /\d/.test(sign) ? '0' : '.',
  );
  return kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
}
