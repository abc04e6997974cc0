import { type Names, Prepared } from './catalog.ts';

/** A name as SQL writes it, folded to lower case unless it is quoted. */
const identifier = String.raw`(?:"((?:[^"]|"")+)"|([\w$\u0080-\uffff]+))`;
const comments = String.raw`(?:\s|--[^\n]*\n|/\*(?:(?!\*/)[^])*\*/)*`;
const preparePattern = new RegExp(
  `^${comments}prepare\\s+${identifier}\\s*(?:\\([^)]*\\)\\s*)?as\\s+([^]*?);?\\s*$`,
  'i',
);
const deallocatePattern = new RegExp(`^${comments}deallocate\\s+(?:prepare\\s+)?${identifier}\\s*;?\\s*$`, 'i');

/**
 * PREPARE, DEALLOCATE and DISCARD in SQL change the same names that Parse and Close change. @param sequence the statement's id: what
 * was prepared behind it in a pipeline is left alone
 */
export function applySqlNames(command: string, text: string, sequence: number, names: Names<Prepared>): void {
  switch (command) {
    case 'PREPARE': {
      const match = preparePattern.exec(text);
      if (match !== null) names.set(folded(match[1], match[2]), new Prepared(match[3] ?? '', [], sequence));
      return;
    }
    case 'DEALLOCATE': {
      const match = deallocatePattern.exec(text);
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

function folded(quoted: string | undefined, plain: string | undefined): string {
  return quoted?.replaceAll('""', '"') ?? plain?.toLowerCase() ?? '';
}
