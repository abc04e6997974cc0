import { useState } from 'react';
import { Skeleton } from '../../design/states.tsx';
import { Button } from '../../design/button.tsx';
import { useReport } from '../context.tsx';
import { LoadFault } from '../load-fault.tsx';
import { count } from '../text/figures.ts';
import { useLoaded } from '../use-loaded.ts';
import { StatementsView } from './statements-view.tsx';

/** The statements that a recorded exchange certainly ran, fetched when they are asked for. */
export function StatementsCaused({ exchange }: { readonly exchange: string }) {
  const [open, setOpen] = useState(false);
  const { openExchange } = useReport();
  return (
    <div className="caused">
      <div className="caused-actions">
        <Button size="s" variant="quiet" icon="database" aria-expanded={open} onClick={() => setOpen(!open)}>
          The SQL it caused
        </Button>
        <Button size="s" variant="quiet" icon="list" onClick={() => openExchange(exchange)}>
          {exchange} among all exchanges
        </Button>
      </div>
      {open ? <Caused exchange={exchange} /> : null}
    </div>
  );
}

function Caused({ exchange }: { readonly exchange: string }) {
  const { source } = useReport();
  const detail = useLoaded(source, exchange, () => source.exchange(exchange));
  switch (detail.state) {
    case 'loading':
      return <Skeleton lines={2} />;
    case 'failed':
      return <LoadFault title="The statements could not be read" message={detail.message} retry={detail.retry} />;
    case 'here': {
      if (detail.value === null) return <p className="soft">The recording does not hold this exchange.</p>;
      const { statements, leftOut = 0 } = detail.value;
      if (statements.length + leftOut === 0)
        return (
          <p className="soft">
            No statement belongs to it for certain: it ran none, or others ran at the same time and it cannot be told
            whose they were.
          </p>
        );
      return (
        <>
          <p className="soft">
            {count(statements.length + leftOut, 'statement')}, in the order in which they were sent
          </p>
          <StatementsView statements={statements} leftOut={leftOut} />
        </>
      );
    }
    default:
      return detail satisfies never;
  }
}
