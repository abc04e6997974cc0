import { SaxesParser } from 'saxes';
import { checkBody, rules } from './input.js';
import { invalid, Problem } from './problem.js';

const fields = { slug: rules.slug, title: rules.title, text: rules.text };

/** Reads `<articles><article slug=""><title/><text/></article>…</articles>` strictly; entities other than XML's own five are refused. */
export function readFeed(xml) {
  const articles = [];
  const path = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new Problem(400, `The body is not well-formed XML in UTF-8: ${error.message}`);
  });
  parser.on('doctype', () => refuse('must have no document type'));
  parser.on('xmldecl', ({ encoding = 'UTF-8' }) => {
    if (encoding.toUpperCase() !== 'UTF-8') refuse('must be in UTF-8');
  });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    const at = path.join('/');
    const { slug, ...others } = attributes;
    if (Object.keys(others).length > 0 || (slug !== undefined && name !== 'article')) refuse(`<${name}> has an unknown attribute`);
    if (at === 'articles/article') articles.push(slug === undefined ? {} : { slug });
    else if (/^articles\/article\/(title|text)$/.test(at) && !(name in articles.at(-1))) articles.at(-1)[name] = '';
    else if (at !== 'articles') refuse(`<${name}> is out of place`);
  });
  parser.on('closetag', () => path.pop());
  const addText = (text) => {
    if (path.length === 3) articles.at(-1)[path[2]] += text;
    else if (text.trim() !== '') refuse('has text out of place');
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(xml).close();
  if (articles.length < 1 || articles.length > 20) refuse('must have 1 to 20 articles');
  return articles.map((article, index) => checkBody(article, fields, Object.keys(fields), `/${index}`));
}

function refuse(detail) {
  throw invalid([{ pointer: '', detail }]);
}
