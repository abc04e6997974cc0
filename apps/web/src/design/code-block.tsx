import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';
import { cutTo, visible } from './visible.ts';
import './code-block.css';

const atFirst = 4_000;
const atMost = 200_000;

/**
 * Text as it is, in a frame that scrolls, with a button that copies it whole. Whatever is in it is shown and does nothing; of what is very long
 * the beginning is shown first.
 */
export function CodeBlock({
  text,
  label,
  head,
  copy = true,
  wrap = true,
  children,
}: {
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
  /** Words in the frame's upper edge. */
  readonly head?: ReactNode;
  readonly copy?: boolean;
  /** Lines that are too long go on below; without it, the frame scrolls sideways. */
  readonly wrap?: boolean;
  /** The text with marks of its own, in place of the plain one. */
  readonly children?: ReactNode;
}) {
  const [all, setAll] = useState(false);
  const cut = cutTo(text, all ? atMost : atFirst);
  const plain = cut.left > 0 || children === undefined;
  return (
    <div className="code">
      {head === undefined ? null : <div className="code-head">{head}</div>}
      {copy ? (
        <div className="code-copy">
          <CopyButton text={text} label={`Copy ${label}`} />
        </div>
      ) : null}
      {/* A part that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classNames('code-text', !wrap && 'code-unwrapped')} tabIndex={0} role="group" aria-label={label}>
        {plain ? visible(cut.text) : children}
      </pre>
      {cut.left === 0 ? null : (
        <div className="code-more">
          {all ? (
            <span className="soft">{cut.left.toLocaleString('en')} more characters; copying gives all of them</span>
          ) : (
            <Button size="s" variant="quiet" onClick={() => setAll(true)}>
              Show {cut.left.toLocaleString('en')} more characters
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
