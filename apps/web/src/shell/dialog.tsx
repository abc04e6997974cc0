import { type ReactNode, useLayoutEffect, useRef } from 'react';
import './dialog.css';

/** A modal dialog: Escape and a press beside it close it, and the focus goes back to where it was. */
export function Dialog({
  label,
  className = '',
  onClose,
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  // A layout effect ends before the element is taken away: only a dialog that is there gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        // Only the ground behind the box is the dialog itself.
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="dialog-box">{children}</div>
    </dialog>
  );
}
