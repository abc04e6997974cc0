import type { Evidence } from '@assay/contract';
import { CodeBlock } from '../../design/code-block.tsx';
import { visible } from '../../design/visible.ts';
import { highlight } from '../text/highlight.tsx';

/** Two plans beside each other: what reads whole tables is marked, and so is what an index does in its place. */
export function PlanView({ evidence }: { readonly evidence: Extract<Evidence, { readonly kind: 'plan' }> }) {
  const { title, before, after } = evidence;
  const costs = [before, after].map(topCost);
  return (
    <>
      <p className="soft">{visible(title)}</p>
      <div className="side-by-side">
        <CodeBlock wrap={false} label="plan before" head={headOf('Before', costs[0] ?? null)} text={before}>
          {highlight(before, 'plan')}
        </CodeBlock>
        <CodeBlock wrap={false} label="plan after" head={headOf('After', costs[1] ?? null)} text={after}>
          {highlight(after, 'plan')}
        </CodeBlock>
      </div>
    </>
  );
}

/** The planner's estimate for the whole, in the first line. */
function topCost(plan: string): string | null {
  return /cost=[\d.]+\.\.([\d.]+)/.exec(plan)?.[1] ?? null;
}

function headOf(word: string, cost: string | null): string {
  return cost === null ? word : `${word} · estimated cost ${Number(cost).toLocaleString('en')}`;
}
