/** A file as a patch leaves it, and the lines (from 1) that the patch is about. */
export interface PatchedFile {
  readonly file: string;
  readonly text: string;
  readonly lines: readonly number[];
}

/** The names of the files that a unified diff changes. */
export function patchedFiles(patch: string): readonly string[] {
  return [...patch.matchAll(/^\+\+\+ (?:b\/)?(\S+)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== '/dev/null');
}

/** Applies the part of a unified diff that concerns one file. Null when it does not fit. */
export function applyPatch(original: string, patch: string, file: string): PatchedFile | null {
  const part = patch.split(/^(?=--- )/m).find((each) => patchedFiles(each)[0] === file);
  if (part === undefined) return null;
  const before = original.split('\n');
  const after: string[] = [];
  const lines = new Set<number>();
  let at = 0;
  for (const hunk of part.split(/^(?=@@ )/m).slice(1)) {
    const start = Number(/^@@ -(\d+)/.exec(hunk)?.[1] ?? 0) - 1;
    while (at < start) after.push(before[at++] ?? '');
    const changes = hunk.split('\n').slice(1);
    for (const [index, line] of changes.entries()) {
      if (line === '' && index === changes.length - 1) break;
      const text = line.slice(1);
      if (line.startsWith('+')) {
        after.push(text);
        lines.add(after.length);
      } else if (line.startsWith('-')) {
        if (before[at] !== text) return null;
        at += 1;
        // What was taken out stood between these two; replaced lines are named by what replaced them.
        if (!isReplaced(changes, index)) {
          lines.add(Math.max(1, after.length));
          lines.add(after.length + 1);
        }
      } else if (!line.startsWith('\\')) {
        if (before[at] !== text) return null;
        after.push(text);
        at += 1;
      }
    }
  }
  while (at < before.length) after.push(before[at++] ?? '');
  return {
    file,
    text: after.join('\n'),
    lines: [...lines].filter((line) => line <= after.length).toSorted((a, b) => a - b),
  };
}

/** Whether added lines stand in the same run of changes. */
function isReplaced(changes: readonly string[], index: number): boolean {
  for (const step of [-1, 1])
    for (let near = index + step; /^[-+]/.test(changes[near] ?? ''); near += step)
      if (changes[near]?.startsWith('+') === true) return true;
  return false;
}
