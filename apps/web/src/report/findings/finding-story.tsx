import type { CheckResult, Finding, Stack } from '@assay/contract';
import type { ReactNode } from 'react';
import { SeverityBadge, Tag } from '../../design/badge.tsx';
import { CodeBlock } from '../../design/code-block.tsx';
import { visible } from '../../design/visible.ts';
import { CheckName } from '../check-name.tsx';
import { useReport } from '../context.tsx';
import { Prose } from '../text/prose.tsx';
import { EvidenceView } from '../evidence/evidence-view.tsx';
import { adviceFor } from '../text/advice.ts';
import { useLoaded } from '../use-loaded.ts';
import { FaultLinks } from './fault-links.tsx';
import { ReplayPart } from './replay-part.tsx';
import './finding-story.css';

/** One finding from the claim to the mend: what should hold, what happened, the evidence, what to do, and how to see it again. */
export function FindingStory({
  finding,
  check,
  stack,
  level = 2,
}: {
  readonly finding: Finding;
  readonly check: CheckResult;
  readonly stack: Stack;
  readonly level?: 2 | 3;
}) {
  const Heading = `h${level}` as const;
  return (
    <article className="story" id={finding.id} aria-labelledby={`${finding.id}-title`}>
      <header className="story-head">
        <div className="story-tags">
          <SeverityBadge severity={finding.severity} />
          <span className="story-id figures">{finding.id}</span>
          {finding.known === true ? <Tag>known to the baseline</Tag> : null}
          {finding.operation === undefined ? null : <Tag mono>{visible(finding.operation)}</Tag>}
          <FaultLinks names={finding.names} />
        </div>
        <Heading id={`${finding.id}-title`} className="story-title">
          <Prose text={finding.title} />
        </Heading>
      </header>
      <ol className="chapters">
        <Chapter title="The claim">
          <p className="story-claim">
            <Prose text={check.claim} />
          </p>
          <p className="story-check">
            <CheckName id={check.id} />
          </p>
        </Chapter>
        <Chapter title="What happened">
          {finding.detail.split(/\n\n+/).map((paragraph) => (
            <p key={paragraph} className="story-text">
              <Prose text={paragraph} />
            </p>
          ))}
        </Chapter>
        {finding.evidence.length === 0 ? null : (
          <Chapter title="The evidence">
            {finding.evidence.map((evidence, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- evidence is its place
              <EvidenceView key={index} evidence={evidence} />
            ))}
          </Chapter>
        )}
        <Chapter title="How to fix it" tone="passed">
          <p className="story-text">
            <Prose text={finding.fix} />
          </p>
          <Example check={check.id} stack={stack} />
        </Chapter>
        <Chapter title="See it again">
          <ReplayPart finding={finding} />
        </Chapter>
      </ol>
    </article>
  );
}

function Chapter({
  title,
  tone = 'plain',
  children,
}: {
  readonly title: string;
  readonly tone?: 'plain' | 'passed';
  readonly children: ReactNode;
}) {
  return (
    <li className="chapter" data-tone={tone}>
      <h3 className="chapter-title">{title}</h3>
      <div className="chapter-body">{children}</div>
    </li>
  );
}

/** What the handbook shows for this stack: how it fails and how it passes. */
function Example({ check, stack }: { readonly check: string; readonly stack: Stack }) {
  const { source } = useReport();
  const page = useLoaded(source, check, () => source.handbook(check));
  if (page.state !== 'here' || page.value === null) return null;
  const advice = adviceFor(page.value, stack);
  if (advice === null) return null;
  return (
    <div className="story-example">
      <p className="soft">From the handbook, in {advice.title}:</p>
      <div className="side-by-side">
        {advice.blocks.map(({ text }, index) => (
          <CodeBlock key={text} label={`example ${index + 1}`} text={text} />
        ))}
      </div>
    </div>
  );
}
