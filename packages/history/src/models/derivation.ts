/** A text that an operation puts, or appends to what is there. */
export interface Piece {
  readonly kind: 'put' | 'append' | 'cas';
  readonly text: string;
  readonly index: number;
}

/** How the seen texts came about, as far as there is only one way. */
export interface Derivation {
  /** The text right after the append of this piece. */
  readonly after: ReadonlyMap<string, string>;
  /** The stretch of time in which the text, or a shorter beginning of it, stood: named after the text it began with. */
  readonly epoch: ReadonlyMap<string, string>;
}

const none: Derivation = { after: new Map(), epoch: new Map() };

/** Beyond this many characters of beginnings the effort is not worth it. */
const mostCharacters = 50_000_000;

/**
 * Reads each seen text back into the pieces it was made of. Only where the pieces are unique and the reading is the only one does it
 * say anything, so nothing is assumed.
 */
export function derive(
  pieces: readonly Piece[],
  texts: readonly string[],
  startsOnce: boolean,
  tick: () => void,
): Derivation {
  if (pieces.some((piece) => piece.kind === 'cas')) return none;
  const puts = countBy(pieces, 'put');
  const appends = countBy(pieces, 'append');
  const lengths = [...new Set([...appends.keys()].map((text) => text.length))];
  if (
    lengths.includes(0) ||
    texts.reduce((sum, text) => sum + text.length ** 2 / 2, 0) / Math.max(1, lengths[0] ?? 1) > mostCharacters
  )
    return none;
  const after = new Map<string, string>();
  const epoch = new Map<string, string>();
  const conflicting = new Set<string>();
  for (const text of texts) {
    tick();
    const ends = onlyReading(text, puts, appends, lengths);
    if (ends === null) continue;
    const [root = 0] = ends;
    const name = text.slice(0, root);
    const unique = root === 0 ? startsOnce : puts.get(name) === 1;
    for (const [i, end] of ends.entries()) {
      const beginning = text.slice(0, end);
      if (unique) epoch.set(beginning, `from ${name}`);
      if (i === 0) continue;
      const piece = text.slice(ends[i - 1], end);
      if (appends.get(piece) !== 1) continue;
      if ((after.get(piece) ?? beginning) !== beginning) conflicting.add(piece);
      after.set(piece, beginning);
    }
  }
  // Two places for one append: impossible, but that is for the search to show.
  for (const piece of conflicting) after.delete(piece);
  return { after, epoch };
}

function countBy(pieces: readonly Piece[], kind: Piece['kind']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const piece of pieces) if (piece.kind === kind) counts.set(piece.text, (counts.get(piece.text) ?? 0) + 1);
  return counts;
}

/** Where the pieces end when the text can be read as (a put or nothing, then appends) in exactly one way; the first is the root's end. */
function onlyReading(
  text: string,
  puts: ReadonlyMap<string, number>,
  appends: ReadonlyMap<string, number>,
  lengths: readonly number[],
): readonly number[] | null {
  const ways = new Uint8Array(text.length + 1);
  // Where the last piece began; -1 when the beginning is itself the root.
  const from = new Int32Array(text.length + 1).fill(-1);
  const putLengths = new Set([...puts.keys()].map((put) => put.length));
  for (let end = 0; end <= text.length; end++) {
    if (end === 0 || (putLengths.has(end) && puts.has(text.slice(0, end)))) ways[end] = 1;
    for (const length of lengths) {
      const before = end - length;
      if (before < 0 || (ways[before] ?? 0) === 0 || !appends.has(text.slice(before, end))) continue;
      ways[end] = Math.min(2, (ways[end] ?? 0) + (ways[before] ?? 0));
      from[end] = before;
    }
  }
  if (ways[text.length] !== 1) return null;
  const ends: number[] = [];
  for (let end = text.length; end >= 0; end = from[end] ?? -1) ends.unshift(end);
  return ends;
}
