import type { Finding } from '@assay/contract';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { CodeBlock } from '../../design/code-block.tsx';
import { Hint } from '../../design/states.tsx';
import { useReport } from '../context.tsx';
import type { ReplayOutcome } from '../source.ts';

const tones = { 'still-there': 'failed', gone: 'passed', undecided: 'undecided' } as const satisfies Record<
  ReplayOutcome['outcome'],
  string
>;

/** A button where the finding can be replayed from here; always the command that does it. */
export function ReplayPart({ finding }: { readonly finding: Finding }) {
  const { source } = useReport();
  const [state, setState] = useState<ReplayOutcome | 'idle' | 'busy' | { readonly fault: string }>('idle');
  const { replay } = source;
  return (
    <>
      {replay === undefined ? null : (
        <div>
          <Button
            variant="primary"
            icon="replay"
            busy={state === 'busy'}
            onClick={() => {
              setState('busy');
              replay(finding).then(setState, (error: unknown) =>
                setState({ fault: error instanceof Error ? error.message : String(error) }),
              );
            }}
          >
            {state === 'busy' ? 'Replaying' : 'Replay it now'}
          </Button>
        </div>
      )}
      <div aria-live="polite">
        {typeof state === 'string' ? null : 'fault' in state ? (
          <Hint tone="failed">{state.fault}</Hint>
        ) : (
          <Hint tone={tones[state.outcome]}>{state.text}</Hint>
        )}
      </div>
      <CodeBlock
        label="the command that replays it"
        head={replay === undefined ? 'In a terminal' : 'Or in a terminal'}
        text={finding.replay}
      />
    </>
  );
}
