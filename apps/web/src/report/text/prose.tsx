import { visible } from '../../design/visible.ts';

/** A sentence of Assay's in which what stands between backticks is code; it holds words of the backend, so all of it stays text. */
export function Prose({ text }: { readonly text: string }) {
  const parts = visible(text).split('`');
  // An odd backtick belongs to nobody's code.
  if (parts.length % 2 === 0) return <>{visible(text)}</>;
  return <>{parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>;
}
