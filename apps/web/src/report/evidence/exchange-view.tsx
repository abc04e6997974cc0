import type { Body, Exchange, HeaderFields } from '@assay/contract';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { CodeBlock } from '../../design/code-block.tsx';
import { cutTo, visible } from '../../design/visible.ts';
import { bodyRemark, bodyText } from '../text/body-text.ts';
import { duration } from '../text/figures.ts';
import { highlight } from '../text/highlight.tsx';
import { prettyJson } from '../text/pretty-json.ts';
import { curlOf } from './curl.ts';
import { StatusCode } from './status-code.tsx';
import './exchange-view.css';

/** Headers that every message has and that say little; they are shown when asked for. */
const dull = /^(date|connection|keep-alive|content-length|accept|host|user-agent|transfer-encoding)$/i;

/** A request and what came back, beside each other where there is room. */
export function ExchangeView({ exchange }: { readonly exchange: Exchange }) {
  const { request, response, error } = exchange;
  return (
    <div className="exchange">
      <div className="exchange-line">
        <span className="exchange-method">{visible(request.method)}</span>
        <code className="exchange-target">{visible(cutTo(request.target, 2000).text)}</code>
        <CopyButton text={curlOf(exchange)} label="Copy as a curl command" />
      </div>
      <div className="side-by-side">
        <Message title="Request" headers={request.headers} body={request.body} />
        {response === undefined ? (
          <div className="exchange-none">
            <StatusCode status={null} />
            <p>{visible(error?.message ?? 'There was no answer.')}</p>
          </div>
        ) : (
          <Message
            title={
              <>
                <StatusCode status={response.status} reason={response.reason} />
                <span className="soft figures">{duration(exchange.durationMs)}</span>
              </>
            }
            headers={response.headers}
            body={response.body}
          />
        )}
      </div>
    </div>
  );
}

function Message({
  title,
  headers,
  body,
}: {
  readonly title: React.ReactNode;
  readonly headers: HeaderFields;
  readonly body: Body | undefined;
}) {
  const [all, setAll] = useState(false);
  const telling = headers.filter(([name]) => !dull.test(name));
  const shown = all ? headers : telling;
  return (
    <div className="message">
      <div className="message-title">{title}</div>
      {shown.length === 0 ? null : (
        <dl className="headers">
          {shown.map(([name, value], index) => (
            <div key={`${index} ${name}`}>
              <dt>{visible(name)}</dt>
              <dd>{visible(cutTo(value, 1000).text)}</dd>
            </div>
          ))}
        </dl>
      )}
      {telling.length === headers.length ? null : (
        <Button size="s" variant="quiet" className="headers-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer headers' : `All headers (${headers.length})`}
        </Button>
      )}
      <BodyView body={body} />
    </div>
  );
}

function BodyView({ body }: { readonly body: Body | undefined }) {
  const text = bodyText(body);
  if (text === '') return <p className="soft message-empty">No body</p>;
  const remark = bodyRemark(body);
  const pretty = body?.truncatedFrom === undefined ? prettyJson(text) : null;
  return (
    <CodeBlock label="body" text={pretty ?? text} {...(remark === null ? {} : { head: remark })}>
      {pretty === null ? visible(text) : highlight(pretty, 'json')}
    </CodeBlock>
  );
}
