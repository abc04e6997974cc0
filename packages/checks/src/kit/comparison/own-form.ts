import type { Json } from '@assay/contract';

const slug = /(?:^|_)(?:[Ss]lug|[Hh]andle|[Pp]ermalink)$|[a-z\d](?:Slug|Handle|Permalink)$/;
const fileName = /file_?name$|^original_?name$/i;
const html = /html/i;
/** What nearly every form leaves as it is, but for what stands between the words. */
const plain = /^[a-z\d ._-]*$/i;

/** Whether a text by this name has a form that the contract may not tell: HTML without what could run, a name of a file that leads nowhere, a part of an address. */
export function hasOwnForm(name: string): boolean {
  return slug.test(name) || fileName.test(name) || html.test(name);
}

/**
 * Whether a backend brought a text into the form of its member. Of plain words the letters and digits stay (`distant ink` becomes `distant-ink`); what becomes of others
 * (`&` is left out, or written `and`), and of HTML with markup or what looks like it, is for the backend to say.
 */
export function isBroughtIntoForm(name: string, sent: Json, back: Json): boolean {
  if (typeof sent !== 'string' || typeof back !== 'string' || back.trim() === '') return false;
  if (html.test(name)) return /[<>&"']/.test(sent);
  if (!slug.test(name) && !fileName.test(name)) return false;
  return plain.test(sent) ? bare(sent) === bare(back) : true;
}

function bare(text: string): string {
  return text.replaceAll(/[^a-z\d]/gi, '').toLowerCase();
}
