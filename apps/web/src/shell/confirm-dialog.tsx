import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from './dialog.tsx';

/** Asks before something is taken away for good. */
export function ConfirmDialog({
  title,
  action,
  busy = false,
  disabled = false,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  /** What the button that does it says. */
  readonly action: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Dialog label={title} className="confirm" onClose={onClose}>
      <h2>{title}</h2>
      {children}
      <div className="confirm-buttons">
        <Button onClick={onClose}>Keep</Button>
        <Button variant="danger" icon="trash" busy={busy} disabled={disabled} onClick={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
