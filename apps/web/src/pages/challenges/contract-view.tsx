import { useState } from 'react';
import type { ChallengeDetail } from '../../client/generated/api.ts';
import { Tag } from '../../design/badge.tsx';
import { CodeBlock } from '../../design/code-block.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { SearchInput } from '../../design/field.tsx';
import { Disclosure } from '../../design/disclosure.tsx';
import { plural } from '../../shell/words.ts';

type Contract = ChallengeDetail['contract'];
type Operation = Contract['operations'][number];

/** A contract for people: each operation with what it takes and answers, by example. */
export function ContractView({ contract }: { readonly contract: Contract }) {
  const [wanted, setWanted] = useState('');
  const shown = contract.operations.filter(({ id, method, path, summary }) =>
    `${method} ${path} ${summary} ${id}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <div className="contract">
      <SearchInput label="Search operations" value={wanted} onChange={({ target }) => setWanted(target.value)} />
      <p className="visually-hidden" role="status">
        {plural(shown.length, 'operation')}
      </p>
      <ul className="operations">
        {shown.map((operation) => (
          <li key={operation.id}>
            <OperationView operation={operation} />
          </li>
        ))}
      </ul>
      {contract.sources.map(({ file, text }) => (
        <Disclosure key={file} summary={<>The document itself: {file}</>}>
          <CodeBlock text={text} label={file} head={file} />
        </Disclosure>
      ))}
    </div>
  );
}

function OperationView({ operation }: { readonly operation: Operation }) {
  const { method, path, summary, description, parameters, request, responses, id } = operation;
  return (
    <details className="operation">
      <summary>
        <span className="method" data-method={method}>
          {method}
        </span>
        <code className="operation-path">{path}</code>
        <span className="operation-summary">{summary}</span>
      </summary>
      <div className="operation-body">
        {description === '' ? null : <p>{description}</p>}
        <p>
          <Tag mono>{id}</Tag>
        </p>
        {parameters.length === 0 ? null : <Parameters parameters={parameters} />}
        {request === null ? null : (
          <CodeBlock
            head={`Request, for example · ${request.mediaType}`}
            text={textOf(request.example)}
            label={`Example request of ${id}`}
          />
        )}
        {responses.map(({ status, description: words, mediaType, example }) => (
          <div key={status} className="response">
            <p>
              <b className="response-status" data-class={status[0]}>
                {status}
              </b>{' '}
              {words}
            </p>
            {mediaType === null || example === null ? null : (
              <CodeBlock text={textOf(example)} label={`Example answer ${status} of ${id}`} head={mediaType} />
            )}
          </div>
        ))}
      </div>
    </details>
  );
}

function Parameters({ parameters }: { readonly parameters: Operation['parameters'] }) {
  return (
    <DataTable label="Parameters">
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">In</th>
          <th scope="col">Type</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ name, in: place, type, required, description }) => (
          <tr key={`${place} ${name}`}>
            <th scope="row">
              <code>{name}</code>
              {required ? <span className="soft"> required</span> : null}
            </th>
            <td>{place}</td>
            <td>{type}</td>
            <td>{description}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function textOf(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2);
}
