/** `{id}` as a whole segment is a parameter; `report-{id}.pdf` is neither parameter nor name. */
export type Segment =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'mixed'; readonly text: string };

/** A path taken apart. A trailing slash makes no difference to what a path speaks of. */
export function segmentsOf(path: string): readonly Segment[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part): Segment => {
      const name = /^\{([^{}]+)\}$/.exec(part)?.[1];
      if (name !== undefined) return { kind: 'parameter', name };
      return part.includes('{') ? { kind: 'mixed', text: part } : { kind: 'fixed', text: part };
    });
}

/** The same for all paths that match the same requests. */
export function keyOf(segments: readonly Segment[]): string {
  return segments.map((segment) => (segment.kind === 'parameter' ? '/{}' : `/${segment.text}`)).join('');
}

export function pathOf(segments: readonly Segment[]): string {
  return segments.map((segment) => (segment.kind === 'parameter' ? `/{${segment.name}}` : `/${segment.text}`)).join('');
}
