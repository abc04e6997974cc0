import { visible } from '../terminal/visible.ts';

/** Text for HTML: nothing in it is markup, and control characters are shown instead of obeyed. */
export function escape(text: string): string {
  return visible(text.toWellFormed())
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
