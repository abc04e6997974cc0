import { isXmlText } from '../xml/write-xml.ts';

/** Which strings a place can carry at all, whatever the schema says. */
export interface Alphabet {
  readonly name: string;
  /** Whether a string can stand at the place and arrive as it was. */
  fits(text: string): boolean;
  /** True when only printable ASCII can be carried. */
  readonly ascii: boolean;
  readonly nonEmpty: boolean;
  /** Longer strings are not made unless the schema asks for them: a URL of 24 kB says nothing about the backend behind the server. */
  readonly longest: number;
}

const nul = /\0/;

/** JSON bodies: any text but U+0000, which PostgreSQL cannot hold, and lone surrogates, which UTF-8 cannot. */
export const anyText: Alphabet = {
  name: 'any',
  longest: 20_000,
  ascii: false,
  nonEmpty: false,
  fits: (text) => !nul.test(text) && text.isWellFormed(),
};

/** Query values: the same text, of a length that every server takes. An empty one is to many as if the parameter were not there. */
export const queryText: Alphabet = {
  ...anyText,
  name: 'query',
  longest: 200,
  nonEmpty: true,
  fits: (text) => text !== '' && anyText.fits(text),
};

/** Texts in XML: what XML 1.0 can hold at all, which leaves out most control characters. */
export const xmlText: Alphabet = { ...anyText, name: 'xml', fits: isXmlText };

export const textWithNul: Alphabet = { ...anyText, name: 'any with U+0000', fits: (text) => text.isWellFormed() };

/**
 * Path segments: never empty, never `.` or `..`, and without the characters that proxies and servers refuse or unwrap even when they are
 * percent-encoded (slashes, percent signs, semicolons, controls).
 */
export const pathText: Alphabet = {
  name: 'path',
  longest: 100,
  ascii: false,
  nonEmpty: true,
  fits: (text) =>
    text !== '' &&
    text !== '.' &&
    text !== '..' &&
    !pathTrouble.test(text) &&
    text.trim() === text &&
    text.isWellFormed(),
};
const pathTrouble = /[/\\;%\p{Cc}\u2028\u2029]/u;

/** Header values: printable ASCII without spaces around it. */
export const headerText: Alphabet = {
  name: 'header',
  longest: 200,
  ascii: true,
  nonEmpty: true,
  fits: (text) => /^[!-~](?:[ -~]*[!-~])?$/.test(text),
};

/** Cookie values: what RFC 6265 lets stand without quotes. */
export const cookieText: Alphabet = {
  name: 'cookie',
  longest: 100,
  ascii: true,
  nonEmpty: true,
  fits: (text) => /^[!#-+\--:<-[\]-~]+$/.test(text),
};

/** The same place, but for parts of a list that is written with separators: the parts hold none and are not empty. */
export function withoutSeparators(alphabet: Alphabet): Alphabet {
  return {
    ...alphabet,
    name: `${alphabet.name} part`,
    nonEmpty: true,
    fits: (text) => text !== '' && !/[,|; =.&]/.test(text) && alphabet.fits(text),
  };
}
