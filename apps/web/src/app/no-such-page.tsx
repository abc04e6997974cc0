import { Link } from '@tanstack/react-router';
import { buttonClass } from '../design/button.tsx';
import { EmptyState } from '../design/states.tsx';
import { Page } from '../shell/page.tsx';

export function NoSuchPage() {
  return (
    <Page title="No such page">
      <EmptyState
        icon="question"
        title="There is nothing at this address"
        actions={
          <Link to="/" className={buttonClass({ variant: 'primary' })}>
            Go home
          </Link>
        }
      >
        <p>It may have been deleted, or the address has a slip of the pen in it.</p>
      </EmptyState>
    </Page>
  );
}
