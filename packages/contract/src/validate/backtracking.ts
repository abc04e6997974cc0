/** How a pattern may use up time, as its text tells: not whether it does. */
export interface Backtracking {
  /** A group that repeats and has several ways to fit the same text, each tried with all ways of the next: the time doubles with a character. */
  readonly nests: boolean;
  /** How many parts of it may be of any length. Each may have to be tried at every length. */
  readonly loops: number;
}

/** As many as there can be at worst, which mostly are far fewer: over in a part of a second. */
const mostSteps = 1e8;
/** However many ways there are to fit this much, they are soon tried. */
const shortText = 10;

const token =
  /\\[pPku](?:\{[^}]*\}|<[^>]*>)|\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?|[)|]|(?:[*+?]|\{\d+(?:,\d*)?\})\??|./gsu;

interface Group {
  readonly from: number;
  varies: boolean;
}

/** Reads a regular expression that the engine has accepted. */
export function backtrackingOf(pattern: string): Backtracking {
  const open: Group[] = [{ from: 0, varies: false }];
  let closed: Group | null = null;
  let nests = false;
  let loops = 0;
  for (const { 0: part, index } of pattern.matchAll(token)) {
    const around = open.at(-1);
    const [min, max] = quantifier(part);
    if (around !== undefined && (min !== max || part === '|')) around.varies = true;
    if (max > 1 && closed?.varies === true) nests = true;
    if (max - min > shortText) loops += 1;
    closed = null;
    if (part.startsWith('(')) open.push({ from: index + part.length, varies: false });
    else if (part === ')' && open.length > 1) {
      const inner = open.pop();
      const outer = open.at(-1);
      if (inner === undefined || outer === undefined) continue;
      if (inner.varies) outer.varies = true;
      closed = { ...inner, varies: inner.varies && !isPartOfList(pattern.slice(inner.from, index)) };
    }
  }
  return { nests, loops };
}

/** A run of characters behind or before a mark that is none of them, `-[a-z]+` or `\w+\.`: however often that repeats, a text is parted in one way. */
function isPartOfList(group: string): boolean {
  const behind = /^\\?([^\w\\[(^$])(\[(?:\\.|[^\]\\])+\]|\\[wd])(?:[+*]|\{\d+(?:,\d*)?\})$/.exec(group);
  const before = /^(\[(?:\\.|[^\]\\])+\]|\\[wd])(?:[+*]|\{\d+(?:,\d*)?\})\\?([^\w\\)$?*+])$/.exec(group);
  const [mark, run] = behind === null ? [before?.[2], before?.[1]] : [behind[1], behind[2]];
  // Without a backslash a dot is no mark.
  if (mark === undefined || run === undefined || (mark === '.' && !/^\\\.|\\\.$/.test(group))) return false;
  return !['u', ''].some((flags) => matches(`^${run}$`, flags, mark));
}

function matches(pattern: string, flags: string, text: string): boolean {
  try {
    return new RegExp(pattern, flags).test(text);
  } catch {
    return false;
  }
}

/** Whether a text may keep the pattern busy for longer than it takes to watch over it. */
export function mayTakeLong({ nests, loops }: Backtracking, length: number): boolean {
  return length > shortText && (nests || length ** (loops + 1) > mostSteps);
}

/** How often what stands before may be there; once, where the part is no quantifier. */
function quantifier(part: string): readonly [number, number] {
  const sign = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??$/.exec(part);
  if (sign === null) return [1, 1];
  if (part.startsWith('*')) return [0, Number.POSITIVE_INFINITY];
  if (part.startsWith('+')) return [1, Number.POSITIVE_INFINITY];
  if (part.startsWith('?')) return [0, 1];
  const min = Number(sign[1]);
  if (sign[2] === '') return [min, min];
  return [min, sign[3] === '' ? Number.POSITIVE_INFINITY : Number(sign[3])];
}
