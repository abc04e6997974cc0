import { sqlTemplate } from './sql-template.ts';

/** What one statement does, as far as its words tell. */
export interface SqlAccess {
  readonly kind: 'read' | 'write' | 'begin' | 'commit' | 'rollback' | 'other';
  /** It locks the rows that it reads, so that others wait: FOR UPDATE, FOR SHARE, an advisory lock, LOCK TABLE. */
  readonly locks: boolean;
  /** Tables it reads or writes, in the order in which they are named, without schema and quotes. */
  readonly tables: readonly string[];
}

const kinds: Readonly<Record<string, SqlAccess['kind']>> = {
  select: 'read',
  table: 'read',
  values: 'read',
  fetch: 'read',
  insert: 'write',
  update: 'write',
  delete: 'write',
  merge: 'write',
  copy: 'write',
  truncate: 'write',
  begin: 'begin',
  start: 'begin',
  commit: 'commit',
  end: 'commit',
  rollback: 'rollback',
  abort: 'rollback',
};

export function accessOf(text: string): SqlAccess {
  const template = sqlTemplate(text);
  const words = (template.match(/"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|\S/gu) ?? []).map((word) =>
    word.startsWith('"') ? word : word.toLowerCase(),
  );
  const first = words.find((word) => word !== '(' && word !== ';') ?? '';
  const writes = words.some(
    (word, index) => /^(insert|update|delete|merge)$/.test(word) && /^[()]$/.test(words[index - 1] ?? ''),
  );
  const kind = first === 'with' ? (writes ? 'write' : 'read') : (kinds[first] ?? 'other');
  const isPoint = first === 'rollback' && words.includes('to');
  return {
    kind: isPoint ? 'other' : kind,
    locks:
      first === 'lock' || /\bfor\s+(no\s+key\s+)?(update|share|key\s+share)\b|\bpg_(try_)?advisory_/i.test(template),
    tables: tablesOf(words),
  };
}

function tablesOf(words: readonly string[]): readonly string[] {
  const found = new Set<string>();
  words.forEach((word, index) => {
    const before = words[index - 1] ?? '';
    const names = /^(from|join|into)$/.test(word) || (word === 'update' && !/^(for|key|do|on)$/.test(before));
    if (!names) return;
    let at = index + 1;
    if (words[at] === 'only') at += 1;
    while (words[at + 1] === '.') at += 2;
    const name = words[at];
    if (name !== undefined && /^["\p{L}_]/u.test(name) && !/^(select|set|lateral|unnest)$/.test(name))
      found.add(name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);
  });
  return [...found];
}
