import type { Operation } from '../operation.ts';

/**
 * Names the partition of an input by the things it touches: things that some operation touches together are in one. Inputs that touch
 * nothing share a partition of their own. One operation that touches `everything` keeps all in one.
 */
export function connectedNames<I, O>(
  history: readonly Operation<I, O>[],
  touches: (operation: Operation<I, O>) => readonly string[] | 'everything',
): (input: I) => string {
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
  const first = new Map<I, string>();
  for (const operation of history) {
    // A failed operation did not happen, so it joins nothing.
    if (operation.outcome === 'failed') continue;
    const things = touches(operation);
    if (things === 'everything') return () => '';
    const [head] = things;
    if (head === undefined) continue;
    first.set(operation.input, head);
    for (const thing of things) {
      const a = find(head);
      const b = find(thing);
      parent.set(a < b ? b : a, a < b ? a : b);
    }
  }
  return (input) => find(first.get(input) ?? '');
}
