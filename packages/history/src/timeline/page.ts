import { layOut, type Bar, type PlacedBar } from './layout.ts';

/** What a timeline page says beside its bars. */
export interface Page {
  readonly title: string;
  readonly status: 'ok' | 'violated' | 'undecided';
  readonly summary: string;
  readonly bars: readonly Bar[];
  /** How many operations are not shown. */
  readonly left: number;
  /** Lists under the picture. */
  readonly lists: readonly { readonly heading: string; readonly items: readonly string[] }[];
}

const size = { row: 34, bar: 24, names: 84, top: 10, letter: 6.6 } as const;

const style = `
:root{color-scheme:light dark;--back:#fff;--text:#1b1f24;--faint:#68707a;--line:#d9dde2;--plain:#dfe5ec;--ordered:#b9dcc4;--stuck:#f3b3ab;--edge:#b3261e;--unknown:#efe6c8}
@media (prefers-color-scheme:dark){:root{--back:#14171b;--text:#e8eaed;--faint:#9aa3ad;--line:#30363d;--plain:#2c343d;--ordered:#24513a;--stuck:#6e2b26;--edge:#ff8a80;--unknown:#4a4323}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.3rem;margin:.2rem 0}h2{font-size:1.05rem;margin:1.4rem 0 .4rem}
.status{font-weight:600}.violated{color:var(--edge)}.note{color:var(--faint)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px;margin:1rem 0}
svg{display:block}text{font:12px ui-monospace,monospace;fill:var(--text)}
.name{fill:var(--faint)}.row{stroke:var(--line)}
.bar{stroke:var(--faint);stroke-width:.6}.plain{fill:var(--plain)}.ordered{fill:var(--ordered)}.unknown{fill:var(--unknown);stroke-dasharray:4 3}
.stuck{fill:var(--stuck);stroke:var(--edge);stroke-width:2}
.key span{display:inline-block;margin-right:1rem}.key i{display:inline-block;width:.9em;height:.9em;border-radius:3px;margin-right:.35em;vertical-align:-.1em;border:1px solid var(--faint)}
li{margin:.2rem 0}`;

/** A page that needs nothing else: no script, no font, no address. */
export function renderPage(page: Page): string {
  const lists = page.lists
    .filter((list) => list.items.length > 0)
    .map(
      ({ heading, items }) =>
        `<h2>${escapeHtml(heading)}</h2><ol>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ol>`,
    );
  const left =
    page.left === 0
      ? ''
      : `<p class="note">${page.left} other operation${page.left === 1 ? ' is' : 's are'} not shown.</p>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(page.title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(page.title)}</h1>
<p><span class="status ${page.status}">${page.status}</span> · ${escapeHtml(page.summary)}</p>
${page.bars.length === 0 ? '' : `<div class="scroll" tabindex="0" role="region" aria-label="Timeline">${renderSvg(page.bars)}</div>${legend(page.bars)}`}
${left}${lists.join('\n')}
</main></body></html>
`;
}

const marks = ['stuck', 'ordered', 'plain', 'unknown'] as const;
const meanings = {
  stuck: 'cannot be put in order',
  ordered: 'in the longest order, numbered',
  plain: 'others',
  unknown: 'outcome unknown',
} as const;

function legend(bars: readonly Bar[]): string {
  const used = marks.filter((mark) => bars.some((bar) => bar.mark === mark));
  return `<p class="key note">${used.map((mark) => `<span><i style="background:var(--${mark})"></i>${meanings[mark]}</span>`).join('')} Left to right is the order of events, not their distance in time.</p>`;
}

function renderSvg(bars: readonly Bar[]): string {
  const layout = layOut(bars);
  // Room to read each label while there are few, room for more otherwise.
  const column = bars.length <= 45 ? 80 : 40;
  const width = size.names + layout.columns * column + 12;
  const height = size.top * 2 + layout.rows.length * size.row;
  const rows = layout.rows.map((name, row) => {
    const y = size.top + row * size.row + size.row / 2;
    return `<line class="row" x1="${size.names}" x2="${width}" y1="${y}" y2="${y}"/><text class="name" x="6" y="${y + 4}">${escapeHtml(cut(name, 11))}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Operations by process">${rows.join('')}${layout.bars.map((bar) => renderBar(bar, column)).join('')}</svg>`;
}

function renderBar(bar: PlacedBar, column: number): string {
  const x = size.names + bar.from * column + 2;
  const y = size.top + bar.row * size.row + (size.row - size.bar) / 2;
  const width = Math.max((bar.to - bar.from) * column - 4, column - 8);
  const label = `${bar.place === null ? '' : `${bar.place}. `}${bar.label}`;
  const shown = cut(label, Math.max(1, Math.floor((width - 6) / size.letter)));
  return `<g><title>${escapeHtml(bar.detail)}</title><rect class="bar ${bar.mark}" x="${x}" y="${y}" width="${width}" height="${size.bar}" rx="4"/><text x="${x + 4}" y="${y + 16}">${escapeHtml(shown)}</text></g>`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  // Control characters are not allowed in a page at all.
  return text
    .replace(/[&<>"']/g, (char) => entities[char] ?? char)
    .replace(/[\p{Cc}\p{Cs}]/gu, (char) => (char === '\n' || char === '\t' ? ' ' : '\u{FFFD}'));
}
