import { bodyText, type Evidence, type Exchange, type Statement } from '@assay/contract';
import { escape } from './escape.ts';
import { historyHtml } from './history.ts';
import { interleavingHtml } from './interleaving.ts';

const longest = 4000;

/** One piece of evidence as HTML. */
export function evidenceHtml(evidence: Evidence): string {
  const note = 'note' in evidence && evidence.note !== undefined ? `<p class="soft">${escape(evidence.note)}</p>` : '';
  switch (evidence.kind) {
    case 'exchange':
      return `${note}<pre>${escape(exchangeText(evidence.exchange))}</pre>`;
    case 'statements':
      return `${note}<pre>${escape(evidence.statements.map(statementText).join('\n'))}</pre>`;
    case 'log':
      return `${note}<pre>${escape(evidence.lines.join('\n'))}</pre>`;
    case 'raw':
      return `${note}<pre>${escape(`→ ${evidence.sent}\n\n← ${evidence.received === '' ? 'nothing' : evidence.received}`)}</pre>`;
    case 'value':
      return `${note}<pre>${escape(`${evidence.label}\n${evidence.expected === undefined ? '' : `expected ${JSON.stringify(evidence.expected)}\n`}actual   ${JSON.stringify(evidence.actual)}`)}</pre>`;
    case 'interleaving':
      return `${note}${interleavingHtml(evidence)}`;
    case 'history':
      return `${note}${historyHtml(evidence)}`;
    case 'plan':
      return `<p class="soft">${escape(evidence.title)}</p><pre>${escape(`before\n${evidence.before}\n\nafter\n${evidence.after}`)}</pre>`;
    case 'note':
      return `<p class="soft">${escape(evidence.text)}</p>`;
    default:
      return evidence satisfies never;
  }
}

export function exchangeText(exchange: Exchange): string {
  const { request, response } = exchange;
  const headers = (fields: readonly (readonly [string, string])[]): string =>
    fields.map(([name, value]) => `${name}: ${value}\n`).join('');
  const sent = `${request.method} ${request.target}\n${headers(request.headers)}${request.body === undefined ? '' : `\n${short(bodyText(request.body))}\n`}`;
  const got =
    response === undefined
      ? (exchange.error?.message ?? 'no answer')
      : `${response.status} ${response.reason}\n${headers(response.headers)}\n${short(bodyText(response.body))}`;
  return `${sent}\n${got}`;
}

export function statementText(statement: Statement): string {
  const parameters =
    statement.parameters.length > 0
      ? `  -- ${statement.parameters.map((value) => JSON.stringify(value)).join(', ')}`
      : '';
  const result =
    statement.error === undefined
      ? statement.rows === null
        ? ''
        : `  (${statement.rows} rows)`
      : `\n-- ${statement.error.code}: ${statement.error.message.split('\n')[0]}`;
  return `${short(statement.text)}${parameters}${result}`;
}

function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)} … (${text.length} characters)` : text;
}
