import { Button } from '../design/button.tsx';
import { ErrorState } from '../design/states.tsx';

/** A part of the report that could not be fetched, and the button that tries it again. */
export function LoadFault({
  title,
  message,
  retry,
}: {
  readonly title: string;
  readonly message: string;
  readonly retry: () => void;
}) {
  return (
    <ErrorState
      title={title}
      message={message}
      actions={
        <Button icon="replay" onClick={retry}>
          Try again
        </Button>
      }
    />
  );
}
