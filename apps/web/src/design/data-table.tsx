import type { ReactNode } from 'react';
import './data-table.css';

/** A table that scrolls sideways inside of its frame; write thead and tbody in it. Cells of class `number` stand right. */
export function DataTable({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="table-frame" role="group" aria-label={label} tabIndex={0}>
      <table className="table">{children}</table>
    </div>
  );
}
