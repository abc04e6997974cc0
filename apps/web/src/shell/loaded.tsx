import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem, ServerGone } from '../client/problem.ts';
import { Button } from '../design/button.tsx';
import { ErrorState, Skeleton } from '../design/states.tsx';

/** What a query brought; a skeleton until then, and what went wrong if it did. What was brought before stays while it is asked again. */
export function Loaded<T>({
  query,
  lines = 6,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  // The banner says that the server is away; the page's place is kept for when it is back.
  if (query.error === null || query.error instanceof ServerGone) return <Skeleton lines={lines} />;
  return (
    <Trouble
      error={query.error}
      actions={
        <Button icon="replay" onClick={() => void query.refetch()} busy={query.isFetching}>
          Try again
        </Button>
      }
    />
  );
}

/** An error as a page shows it. */
export function Trouble({ error, actions }: { readonly error: Error; readonly actions?: ReactNode }) {
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <ErrorState
      title={problem?.status === 404 ? 'There is no such thing' : 'That did not work'}
      message={error.message}
      fix={problem?.fix ?? null}
      actions={actions}
    />
  );
}

/** The error of something that was done, in the flow of a form. */
export function Refusal({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  return (
    <div className="refusal" role="alert">
      <p>{error.message}</p>
      {error instanceof ApiProblem && error.fix !== '' ? <p className="refusal-fix">{error.fix}</p> : null}
    </div>
  );
}
