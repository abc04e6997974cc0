import { skipComment } from '@assay/contract';
import { type Names, Prepared } from './catalog.ts';

/** A name as SQL writes it, folded to lower case unless it is quoted. */
const identifier = String.raw`(?:"((?:[^"]|"")+)"|([\w$\u0080-\uffff]+))`;
// Neither looks at the end of its text: two places that may each take the same space take quadratic time to find that it does not end there.
const preparePattern = new RegExp(String.raw`prepare\s+${identifier}\s*(?:\([^)]*\)\s*)?as\s+`, 'iy');
const deallocatePattern = new RegExp(String.raw`deallocate\s+(?:prepare\s+)?${identifier}`, 'iy');

/**
 * PREPARE, DEALLOCATE and DISCARD in SQL change the same names that Parse and Close change. @param sequence the statement's id: what
 * was prepared behind it in a pipeline is left alone
 */
export function applySqlNames(command: string, text: string, sequence: number, names: Names<Prepared>): void {
  switch (command) {
    case 'PREPARE': {
      const match = atCommand(preparePattern, text);
      if (match !== null) names.set(folded(match[1], match[2]), new Prepared(bodyOf(text, match), [], sequence));
      return;
    }
    case 'DEALLOCATE': {
      const match = atCommand(deallocatePattern, text);
      if (match === null) return;
      const name = folded(match[1], match[2]);
      const known = names.get(name);
      if (known !== undefined && known.sequence <= sequence) names.set(name, undefined);
      return;
    }
    case 'DEALLOCATE ALL':
    case 'DISCARD ALL':
      names.deleteWhere((prepared) => prepared.sequence <= sequence);
      return;
    default:
  }
}

/** Matches behind the space and comments in front of the command. */
function atCommand(pattern: RegExp, text: string): RegExpExecArray | null {
  let at = 0;
  for (let from = -1; at > from; ) {
    from = at;
    at = skipComment(text, at);
    if (at < text.length && text.charAt(at).trim() === '') at += 1;
  }
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** What is prepared, without the semicolon behind it. */
function bodyOf(text: string, match: RegExpExecArray): string {
  const body = text.slice(match.index + match[0].length).trimEnd();
  return body.endsWith(';') ? body.slice(0, -1) : body;
}

function folded(quoted: string | undefined, plain: string | undefined): string {
  return quoted?.replaceAll('""', '"') ?? plain?.toLowerCase() ?? '';
}
