import type { PageData } from '@assay/prove';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../design/design.css';
import { Boundary } from '../../design/boundary.tsx';
import { ErrorState } from '../../design/states.tsx';
import { embeddedSource } from './embedded-source.ts';
import { FilePage } from './file-page.tsx';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<StrictMode>{page()}</StrictMode>);

function page() {
  const text = document.getElementById('assay-run')?.textContent ?? '';
  try {
    const data = JSON.parse(text) as PageData;
    document.title = `${data.report.verdict.toUpperCase()} · ${data.report.challenge ?? data.report.contract.title}`;
    const source = embeddedSource(data, (name) => document.getElementById(`assay-${name}`)?.textContent ?? '');
    return (
      <Boundary
        instead={(why) => (
          <ErrorState
            title="This page fell over"
            message={why}
            fix="This is a defect in Assay. The same report stands in the terminal, and with `assay show`."
          />
        )}
      >
        <FilePage run={data.report.run} source={source} pages={data.handbook} />
      </Boundary>
    );
  } catch (error) {
    return (
      <ErrorState
        title="There is no run in this file"
        message={error instanceof Error ? error.message : String(error)}
        fix="Write it again with `assay show` or `assay check --report FILE.html`."
      />
    );
  }
}
