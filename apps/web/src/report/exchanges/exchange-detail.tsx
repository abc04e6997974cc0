import { Tag } from '../../design/badge.tsx';
import { Boundary } from '../../design/boundary.tsx';
import { CodeBlock } from '../../design/code-block.tsx';
import { Panel } from '../../design/panel.tsx';
import { EmptyState, Skeleton } from '../../design/states.tsx';
import { visible } from '../../design/visible.ts';
import { CheckName } from '../check-name.tsx';
import { useReport } from '../context.tsx';
import { ExchangeView } from '../evidence/exchange-view.tsx';
import { StatementsView } from '../evidence/statements-view.tsx';
import { LoadFault } from '../load-fault.tsx';
import { count, duration } from '../text/figures.ts';
import { useLoaded } from '../use-loaded.ts';

/** One exchange whole, with its statements. */
export function ExchangeDetailPane({ id }: { readonly id: string }) {
  const { source } = useReport();
  const loaded = useLoaded(source, id, () => source.exchange(id));
  switch (loaded.state) {
    case 'loading':
      return (
        <Panel>
          <Skeleton lines={6} />
        </Panel>
      );
    case 'failed':
      return (
        <Panel>
          <LoadFault title={`${id} could not be read`} message={loaded.message} retry={loaded.retry} />
        </Panel>
      );
    case 'here': {
      if (loaded.value === null)
        return (
          <Panel>
            <EmptyState icon="search" title={`${id} is not kept`}>
              <p>A page of one file keeps the first 5,000 exchanges, and those that a finding rests on.</p>
            </EmptyState>
          </Panel>
        );
      const { exchange, statements, leftOut = 0 } = loaded.value;
      const ran = statements.length + leftOut;
      return (
        <Panel
          title={id}
          actions={
            <>
              {exchange.operation === undefined ? null : <Tag mono>{visible(exchange.operation)}</Tag>}
              <Tag mono>{exchange.instance}</Tag>
            </>
          }
          note={
            <>
              Sent {duration(exchange.startedAt)} into the run by <CheckName id={exchange.check} />
            </>
          }
        >
          <div className="exchange-whole">
            <Boundary
              key={id}
              instead={(why) => (
                <CodeBlock
                  label="the exchange"
                  head={`As it was recorded: ${why}`}
                  text={JSON.stringify(exchange, null, 1)}
                />
              )}
            >
              <ExchangeView exchange={exchange} />
            </Boundary>
            <h3>{ran === 0 ? 'No SQL' : `The SQL it caused: ${count(ran, 'statement')}`}</h3>
            {ran === 0 ? (
              <p className="soft">No statement belongs to this request for certain.</p>
            ) : (
              <StatementsView statements={statements} leftOut={leftOut} />
            )}
          </div>
        </Panel>
      );
    }
    default:
      return loaded satisfies never;
  }
}
