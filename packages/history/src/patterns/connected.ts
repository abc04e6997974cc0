import type { Operation } from '../operation.ts';

/**
 * Names the partition of each operation by the things it touches: things that some operation touches together are in one. One operation
 * that touches `everything` keeps all in one.
 */
export function connectedNames<I, O>(
  history: readonly Operation<I, O>[],
  touches: (operation: Operation<I, O>) => readonly string[] | 'everything',
): readonly string[] {
  const parent = new Map<string, string>();
  const find = (thing: string): string => {
    let root = thing;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    for (let at = thing; at !== root; ) {
      const up = parent.get(at) ?? root;
      parent.set(at, root);
      at = up;
    }
    return root;
  };
  const heads: string[] = [];
  for (const operation of history) {
    // A failed operation did not happen, so it joins nothing.
    const things = operation.outcome === 'failed' ? [] : touches(operation);
    if (things === 'everything') return history.map(() => '');
    const head = things[0] ?? '';
    heads.push(head);
    for (const thing of things) {
      const a = find(head);
      const b = find(thing);
      parent.set(a < b ? b : a, a < b ? a : b);
    }
  }
  return heads.map(find);
}
