import type { Evidence, Json } from '@assay/contract';
import { CodeBlock } from '../../design/code-block.tsx';
import { visible } from '../../design/visible.ts';
import { highlight } from '../text/highlight.tsx';
import { prettyJson } from '../text/pretty-json.ts';

/** What was expected beside what was there. */
export function ValueView({ evidence }: { readonly evidence: Extract<Evidence, { readonly kind: 'value' }> }) {
  const { label, expected, actual } = evidence;
  return (
    <>
      <p className="soft">{visible(label)}</p>
      <div className="side-by-side">
        {expected === undefined ? null : <JsonBlock label="expected" head="Expected" value={expected} />}
        <JsonBlock label="actual" head={expected === undefined ? 'Measured' : 'Actual'} value={actual} />
      </div>
    </>
  );
}

function JsonBlock({ label, head, value }: { readonly label: string; readonly head: string; readonly value: Json }) {
  const text = jsonLines(value);
  return (
    <CodeBlock label={label} head={head} text={text}>
      {highlight(text, 'json')}
    </CodeBlock>
  );
}

/** On one line when it fits there, for a list of figures is no column. */
function jsonLines(value: Json): string {
  const line = JSON.stringify(value);
  return line.length <= 100 ? line : (prettyJson(line) ?? line);
}
