import { paint } from '../terminal/paint.ts';
import { oneLine } from '../terminal/visible.ts';

/** Gathers what could not be removed, ended or kept, and tells it once the run is over: in the middle it would stand in the moving line. */
export function gatherTroubles(stream: NodeJS.WriteStream): { readonly add: (what: string) => void; tell(): void } {
  const told = new Set<string>();
  return {
    add: (what) => void told.add(what),
    tell: () => {
      for (const what of told) stream.write(`${paint(stream, 'yellow', 'note')}   ${oneLine(what)}\n`);
      told.clear();
    },
  };
}
