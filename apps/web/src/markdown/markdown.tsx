import { lexer, type Token, type Tokens } from 'marked';
import { Fragment, type ReactNode, useMemo } from 'react';
import { CodeBlock } from '../design/code-block.tsx';
import { DataTable } from '../design/data-table.tsx';
import { destinationOf } from './links.ts';
import './markdown.css';

/** Where a document stands, and how its links to other pages are shown. */
export interface DocumentLinks {
  /** Its place in the repository, from which its links lead on: `docs/checks/http/charset.md`. */
  readonly base: string;
  /** A link to a page by its path in the app; the words alone where there is no such page. */
  readonly pageLink: (path: string, words: ReactNode) => ReactNode;
}

interface Place {
  readonly links: DocumentLinks | null;
  /** What is added to the level of headings, so that they go on from the page's own. */
  readonly deeper: number;
}

/**
 * Markdown as elements. HTML in it is shown as the text it is; links lead to pages of the app or out of it, never to other schemes.
 */
export function Markdown({
  source,
  links = null,
  deeper = 0,
}: {
  readonly source: string;
  /** Null: the text has no place, and links of its own only to the web. */
  readonly links?: DocumentLinks | null;
  readonly deeper?: number;
}): ReactNode {
  const tokens = useMemo(() => lexer(source), [source]);
  return <div className="prose">{blocks(tokens, { links, deeper })}</div>;
}

function blocks(tokens: readonly Token[], place: Place): ReactNode {
  return tokens.map((token, index) => <Fragment key={index}>{block(token, place)}</Fragment>);
}

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

function block(token: Token, place: Place): ReactNode {
  switch (token.type) {
    case 'heading': {
      const Heading = headings[Math.min(5, Math.max(0, token['depth'] - 1 + place.deeper))] ?? 'h6';
      return <Heading>{inline(token.tokens, place)}</Heading>;
    }
    case 'paragraph':
      return <p>{inline(token.tokens, place)}</p>;
    case 'code':
      return <Code text={token['text']} language={token['lang'] ?? ''} />;
    case 'blockquote':
      return <blockquote>{blocks(token.tokens ?? [], place)}</blockquote>;
    case 'hr':
      return <hr />;
    case 'list':
      return list(token as Tokens.List, place);
    case 'table':
      return table(token as Tokens.Table, place);
    case 'html':
      // Comments say something to whoever writes the document; anything else is a text that looks like HTML.
      return token.raw.trimStart().startsWith('<!--') ? null : <p>{token.raw}</p>;
    case 'text':
      return inline(token.tokens ?? [token], place);
    default:
      return null;
  }
}

const languages: Readonly<Record<string, string>> = {
  js: 'JavaScript',
  ts: 'TypeScript',
  python: 'Python',
  php: 'PHP',
  java: 'Java',
  sql: 'SQL',
  sh: 'In a terminal',
};

/** Code, with what it says of itself in its first line (`// Fails.`) told by its frame, too. */
function Code({ text, language }: { readonly text: string; readonly language: string }) {
  const [, says] = /^(?:\/\/|#|--) (Fails|Passes)\b/.exec(text) ?? [];
  return (
    <div className={says === undefined ? undefined : `code-${says.toLowerCase()}`}>
      <CodeBlock text={text} label="code" head={languages[language] ?? language} />
    </div>
  );
}

function list({ ordered, start, items }: Tokens.List, place: Place): ReactNode {
  const children = items.map((item, index) => <li key={index}>{blocks(item.tokens, place)}</li>);
  return ordered ? <ol start={start === '' ? 1 : start}>{children}</ol> : <ul>{children}</ul>;
}

function table({ header, rows }: Tokens.Table, place: Place): ReactNode {
  return (
    <DataTable label="Table">
      <thead>
        <tr>
          {header.map(({ tokens }, index) => (
            <th key={index} scope="col">
              {inline(tokens, place)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map(({ tokens }, cell) => (
              <td key={cell}>{inline(tokens, place)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function inline(tokens: readonly Token[] | undefined, place: Place): ReactNode {
  return (tokens ?? []).map((token, index) => <Fragment key={index}>{span(token, place)}</Fragment>);
}

function span(token: Token, place: Place): ReactNode {
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? unescaped(token['text']) : inline(token.tokens, place);
    case 'escape':
      return token['text'];
    case 'strong':
      return <strong>{inline(token.tokens, place)}</strong>;
    case 'em':
      return <em>{inline(token.tokens, place)}</em>;
    case 'del':
      return <del>{inline(token.tokens, place)}</del>;
    case 'codespan':
      return <code>{token['text']}</code>;
    case 'br':
      return <br />;
    case 'link':
      return link(token['href'], inline(token.tokens, place), place);
    case 'html':
      return token.raw.startsWith('<!--') ? null : token.raw;
    default:
      // Pictures too: nothing is fetched from elsewhere.
      return 'text' in token ? String(token['text']) : token.raw;
  }
}

function link(href: string, words: ReactNode, { links }: Place): ReactNode {
  const destination = destinationOf(href, links?.base ?? null);
  switch (destination.kind) {
    case 'page':
      return links?.pageLink(destination.path, words);
    case 'web':
      return (
        <a href={destination.address} target="_blank" rel="noreferrer">
          {words}
        </a>
      );
    case 'nowhere':
      return words;
    default:
      return destination satisfies never;
  }
}

/** Entities as the characters they stand for, without asking a parser of HTML. */
function unescaped(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' };
  return text.replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => names[name] ?? whole);
}
