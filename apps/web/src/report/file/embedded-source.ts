import type { ExchangeDetail, PageData } from '@assay/prove';
import type { ReportSource } from '../source.ts';
import { haystackOf, isAsked } from './search.ts';

/**
 * The run that stands in this file: the report as JSON; the exchanges and the handbook in packed parts, which are unpacked when they are looked at.
 *
 * @param packedText what stands in the packed part of that name.
 */
export function embeddedSource(data: PageData, packedText: (name: string) => string): ReportSource {
  const parts = new Map<number, Promise<readonly ExchangeDetail[]>>();
  const part = (index: number): Promise<readonly ExchangeDetail[]> => {
    const known = parts.get(index);
    if (known !== undefined) return known;
    const unpacking = unpacked(packedText(`part-${index}`)) as Promise<readonly ExchangeDetail[]>;
    parts.set(index, unpacking);
    return unpacking;
  };
  const places = new Map(data.exchanges.map(({ id }, index) => [id, index]));
  /** What can be searched of each exchange; made at the first search. */
  let haystacks: Promise<readonly string[]> | null = null;
  const searchable = (): Promise<readonly string[]> => {
    haystacks ??= Promise.all(Array.from({ length: data.parts }, (_, index) => part(index))).then((all) =>
      all.flat().map(haystackOf),
    );
    return haystacks;
  };
  let pages: Promise<Readonly<Record<string, string>>> | null = null;
  return {
    report: async () => data.report,
    plots: async () => data.plots,
    handbook: async (check) => {
      if (!data.handbook.includes(check)) return null;
      pages ??= unpacked(packedText('handbook')) as Promise<Readonly<Record<string, string>>>;
      return (await pages)[check] ?? null;
    },
    exchanges: async (query) => {
      const words = query.q.toLowerCase().split(/\s+/).filter(Boolean);
      const texts = words.length === 0 ? [] : await searchable();
      const items = data.exchanges.filter(
        (exchange, index) => isAsked(exchange, query) && words.every((word) => texts[index]?.includes(word) === true),
      );
      return { items, next: null };
    },
    exchange: async (id) => {
      const index = places.get(id);
      if (index === undefined) return null;
      return (await part(Math.floor(index / data.perPart)))[index % data.perPart] ?? null;
    },
  };
}

async function unpacked(base64: string): Promise<unknown> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}
