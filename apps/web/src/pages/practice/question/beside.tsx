import type { Shown } from '../../../client/practice.ts';
import { CodeBlock } from '../../../design/code-block.tsx';
import { DataTable } from '../../../design/data-table.tsx';
import { Disclosure } from '../../../design/disclosure.tsx';
import { Markdown } from '../../../markdown/markdown.tsx';
import { plural } from '../../../shell/words.ts';
import { highlight } from '../../../report/text/highlight.tsx';

interface TableOfRows {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly more: number;
}

/** What stands beside the prompt: tables, exchanges, code, what a run recorded. */
export function Beside({ shown }: { readonly shown: Shown }) {
  switch (shown.form) {
    case 'statement':
      return (
        <>
          <Rows table={shown.expected} title="The result on this data" open />
          {shown.tables.map((table) => (
            <Rows key={table.name} table={table} title={table.name} open={shown.tables.length === 1} />
          ))}
          <Disclosure summary="The schema">
            <CodeBlock text={shown.schema} label="schema" wrap={false}>
              {highlight(shown.schema, 'sql')}
            </CodeBlock>
          </Disclosure>
        </>
      );
    case 'request':
      return shown.exchanges.map((exchange, index) => (
        <CodeBlock key={exchange} text={exchange} label={`exchange ${index + 1}`} head="An exchange with the service" />
      ));
    case 'outcome':
      return (
        <CodeBlock text={shown.code} label="code" head={shown.language}>
          {shown.language === 'sql' ? highlight(shown.code, 'sql') : undefined}
        </CodeBlock>
      );
    case 'program':
      return (
        <Disclosure summary="Its tests">
          <CodeBlock text={shown.tests} label="tests" wrap={false} />
        </Disclosure>
      );
    case 'evidence':
      return (
        <>
          <Markdown source={shown.prompt} deeper={1} />
          {shown.exhibit === '' ? null : <CodeBlock text={shown.exhibit} label="what was recorded" />}
        </>
      );
    case 'text':
    case 'options':
    case 'order':
    case 'files':
    case 'line':
      return null;
    default:
      return shown satisfies never;
  }
}

function Rows({ table, title, open }: { readonly table: TableOfRows; readonly title: string; readonly open: boolean }) {
  const { columns, rows, more } = table;
  return (
    <details className="disclosure rows" open={open}>
      <summary>
        <span>
          <b>{title}</b> <span className="soft figures">{plural(rows.length + more, 'row')}</span>
        </span>
      </summary>
      <DataTable label={title}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- two columns may have one name
              <th key={index} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows do not move
            <tr key={at}>
              {row.map((value, index) => (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={index}>{value ?? <span className="soft">NULL</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
      {more > 0 ? <p className="soft rows-more">and {more.toLocaleString('en')} more</p> : null}
    </details>
  );
}
