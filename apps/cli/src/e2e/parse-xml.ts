export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** A strict reader of the XML that a reporter writes: elements, attributes, the five entities. Throws for what is not well-formed. */
export function parseXml(source: string): XmlElement {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(source))
    throw new Error('a character that XML cannot hold');
  const declared = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/.exec(source);
  let at = declared?.[0].length ?? 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const sticky = new RegExp(pattern.source, 'uy');
    sticky.lastIndex = at;
    const match = sticky.exec(source);
    if (match !== null) at = sticky.lastIndex;
    return match;
  };
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${source.slice(at, at + 60)}`);
  };
  const element = (): XmlElement => {
    const name = take(/<([A-Za-z][\w.-]*)/)?.[1] ?? fail('no element');
    const attributes: Record<string, string> = {};
    for (let pair = take(/\s+([\w:.-]+)="([^"<]*)"/); pair !== null; pair = take(/\s+([\w:.-]+)="([^"<]*)"/)) {
      const [, key = '', value = ''] = pair;
      if (key in attributes) fail(`${key} twice`);
      attributes[key] = unescape(value);
    }
    if (take(/\s*\/>/) !== null) return { name, attributes, children: [], text: '' };
    if (take(/\s*>/) === null) fail(`<${name} does not end`);
    const children: XmlElement[] = [];
    let text = '';
    for (;;) {
      text += unescape(take(/[^<]+/)?.[0] ?? '');
      if (take(new RegExp(`</${name}\\s*>`)) !== null) return { name, attributes, children, text };
      children.push(element());
    }
  };
  const root = element();
  take(/\s*/);
  if (at !== source.length) fail('something after the root');
  return root;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (text.includes(']]>')) throw new Error('a bare ]]>');
  return text.replaceAll(/&([^;\s]*;?)/g, (whole, name: string) => {
    const character = entities[name.slice(0, -1)];
    if (!name.endsWith(';') || character === undefined) throw new Error(`an unknown entity ${whole}`);
    return character;
  });
}
