import type { Evidence } from '@assay/contract';
import type { FC } from 'react';
import { Boundary } from '../../design/boundary.tsx';
import { CodeBlock } from '../../design/code-block.tsx';
import { visible } from '../../design/visible.ts';
import { ExchangeView } from './exchange-view.tsx';
import { HistoryView } from './history-view.tsx';
import { InterleavingView } from './interleaving-view.tsx';
import { PlanView } from './plan-view.tsx';
import { StatementsCaused } from './statements-caused.tsx';
import { StatementsView } from './statements-view.tsx';
import { ValueView } from './value-view.tsx';
import './evidence.css';

type Kind = Evidence['kind'];
type Of<K extends Kind> = Extract<Evidence, { readonly kind: K }>;

interface Renderer<K extends Kind> {
  readonly title: (evidence: Of<K>) => string;
  readonly View: FC<{ readonly evidence: Of<K> }>;
}

/** How each kind of evidence is told. A new kind that is not here does not compile. */
const renderers: { readonly [K in Kind]: Renderer<K> } = {
  exchange: {
    title: () => 'The exchange',
    View: ({ evidence }) => (
      <>
        <ExchangeView exchange={evidence.exchange} />
        <StatementsCaused exchange={evidence.exchange.id} />
      </>
    ),
  },
  statements: {
    title: () => 'The SQL',
    View: ({ evidence }) => <StatementsView statements={evidence.statements} />,
  },
  interleaving: {
    title: ({ lanes }) => (lanes.length === 1 ? 'What happened, in order' : 'Who did what, in order'),
    View: ({ evidence }) => <InterleavingView evidence={evidence} />,
  },
  history: {
    title: () => 'The history, and where no order explains it',
    View: ({ evidence }) => <HistoryView evidence={evidence} />,
  },
  plan: {
    title: () => 'The plan, before and after',
    View: ({ evidence }) => <PlanView evidence={evidence} />,
  },
  value: {
    title: ({ expected }) => (expected === undefined ? 'What was measured' : 'Expected and actual'),
    View: ({ evidence }) => <ValueView evidence={evidence} />,
  },
  log: {
    title: () => 'What the backend printed',
    View: ({ evidence }) => <CodeBlock label="log" text={evidence.lines.join('\n')} />,
  },
  raw: {
    title: () => 'The bytes on the wire',
    View: ({ evidence }) => (
      <div className="side-by-side">
        <CodeBlock label="what was sent" head="Sent" text={evidence.sent} />
        <CodeBlock
          label="what came back"
          head="Received"
          text={evidence.received === '' ? 'nothing' : evidence.received}
        />
      </div>
    ),
  },
  note: {
    title: () => '',
    View: ({ evidence }) => <p className="evidence-note">{visible(evidence.text)}</p>,
  },
};

/** One piece of evidence under its title; as plain text where it cannot be drawn, for what a backend said must not hide what was found. */
export function EvidenceView({ evidence }: { readonly evidence: Evidence }) {
  return (
    <Boundary
      instead={(why) => (
        <div className="evidence" data-kind={evidence.kind}>
          <CodeBlock
            label="the evidence"
            head={`As it was recorded: ${why}`}
            text={JSON.stringify(evidence, null, 1)}
          />
        </div>
      )}
    >
      <Drawn evidence={evidence} />
    </Boundary>
  );
}

function Drawn({ evidence }: { readonly evidence: Evidence }) {
  const { title, content } = rendered(evidence);
  return (
    <div className="evidence" data-kind={evidence.kind}>
      {title === '' ? null : <h4>{title}</h4>}
      {'note' in evidence && evidence.note !== undefined ? <p className="soft">{visible(evidence.note)}</p> : null}
      {content}
    </div>
  );
}

function rendered<K extends Kind>(evidence: Of<K> & { readonly kind: K }) {
  const { title, View } = renderers[evidence.kind];
  return { title: title(evidence), content: <View evidence={evidence} /> };
}
