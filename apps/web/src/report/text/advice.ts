import type { Stack } from '@assay/contract';

/** An example of the handbook, in the language of a backend. */
export interface Advice {
  /** `JavaScript, Express`. */
  readonly title: string;
  readonly blocks: readonly { readonly language: string; readonly text: string }[];
}

/** The handbook's examples for a stack: those in its framework, or else in its language. Null when it has none. */
export function adviceFor(markdown: string, { language, framework }: Stack): Advice | null {
  const [, examples = ''] = markdown.split(/^## Examples$/m);
  const sections = (examples.split(/^## /m)[0] ?? '').split(/^### /m).slice(1);
  const found = sections.map((section): Advice => {
    const [title = '', ...rest] = section.split('\n');
    const blocks = [...rest.join('\n').matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => ({
      language: name,
      text: text.trimEnd(),
    }));
    return { title: title.trim(), blocks };
  });
  const speaks = (title: string): boolean =>
    isSame(language, 'typescript') || isSame(language, 'javascript')
      ? /javascript|typescript|node/i.test(title)
      : title.toLowerCase().split(/\W+/).includes(language.toLowerCase());
  const mine = found.filter(({ title, blocks }) => blocks.length > 0 && speaks(title));
  const closer =
    framework === null ? undefined : mine.find(({ title }) => title.toLowerCase().includes(framework.toLowerCase()));
  return closer ?? mine[0] ?? null;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b;
}
