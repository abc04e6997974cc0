/** Text with terminal colours as a page that looks like a terminal. Knows the styles that `util.styleText` makes. */

const colours: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#56d364',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
};

interface Look {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly colour: string | null;
}

const plain: Look = { bold: false, dim: false, italic: false, colour: null };
const columns = 112;

/** The page, and how many rows of text it shows. */
export function terminalPage(command: string, output: string): { readonly html: string; readonly rows: number } {
  const lines = output.split('\n');
  const width = (line: string): number => [...line.replaceAll(escapes, '')].length;
  const rows = 2 + lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / columns)), 0);
  const html = `<!doctype html><meta charset="utf-8"><style>
body { margin:0; background:#0d1117; padding:16px 20px }
.bar { display:flex; gap:7px; margin:0 0 14px } .bar i { width:11px; height:11px; border-radius:50%; background:#30363d }
pre { margin:0; color:#d6dde6; font:14px/20px "DejaVu Sans Mono",Menlo,Consolas,monospace; white-space:pre-wrap; overflow-wrap:anywhere; width:${columns}ch }
</style><div class="bar"><i></i><i></i><i></i></div><pre><span style="color:#56d364">$</span> ${escaped(command)}\n\n${spans(output)}</pre>`;
  return { html, rows };
}

const escape = '\u001b';
const escapes = new RegExp(`${escape}\\[([\\d;]*)m`, 'g');

function spans(text: string): string {
  let look = plain;
  let html = '';
  for (const [index, part] of text.split(escapes).entries()) {
    if (index % 2 === 0) html += part === '' ? '' : `<span style="${css(look)}">${escaped(part)}</span>`;
    else look = part.split(';').map(Number).reduce(changed, look);
  }
  return html;
}

function changed(look: Look, code: number): Look {
  if (code === 0) return plain;
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 3) return { ...look, italic: true };
  if (code === 22) return { ...look, bold: false, dim: false };
  if (code === 23) return { ...look, italic: false };
  if (code === 39) return { ...look, colour: null };
  return { ...look, colour: colours[code] ?? look.colour };
}

function css({ bold, dim, italic, colour }: Look): string {
  return [
    bold ? 'font-weight:700' : '',
    dim ? 'opacity:.6' : '',
    italic ? 'font-style:italic' : '',
    colour === null ? '' : `color:${colour}`,
  ]
    .filter((rule) => rule !== '')
    .join(';');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
