import {
  type CheckResult,
  type Finding,
  type Recording,
  type Report,
  severities,
  skillNames,
  skills,
} from '@assay/contract';
import { escape } from './escape.ts';
import { evidenceHtml, exchangeText, statementText } from './evidence.ts';
import { plots } from './plots.ts';
import { style } from './style.ts';

const marks = { passed: '✔', failed: '✘', undecided: '?', 'not-applicable': '–' } as const;
const tones = { passed: 'good', failed: 'bad', undecided: 'open', 'not-applicable': 'soft' } as const;

/** The report as one self-contained page: no network, no font, no script but the filter of the exchanges. */
export function htmlPage(report: Report, recording: Recording): string {
  const title = `${report.verdict.toUpperCase()} · ${report.challenge ?? report.contract.title}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"><title>${escape(title)}</title><style>${style}</style></head><body><main>
${head(report)}${findingsSection(report)}${skillsSection(report)}${plots(recording)}${exchangesSection(recording)}
</main><script>${script}</script></body></html>`;
}

function head(report: Report): string {
  const { language, framework, runtime } = report.backend.stack;
  const stack =
    [framework, language].filter((word) => word !== null).join(', ') + (runtime === null ? '' : ` on ${runtime}`);
  const against = report.challenge === null ? report.contract.source : `challenge ${report.challenge}`;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  return `<header><h1>${escape(report.backend.path)}</h1><p class="soft">${escape(stack)} · ${escape(against)} · seed ${report.seed} · ${escape(report.startedAt.replace('T', ' ').slice(0, 16))} UTC · Assay ${escape(report.tool.version)}</p></header>
<div class="verdict ${report.verdict}"><strong class="${tones[report.verdict]}">${report.verdict.toUpperCase()}</strong><span>${escape(report.reason)}</span><span class="soft">${report.traffic.exchanges} requests, ${report.traffic.statements} statements · build ${seconds(report.durations.build)}, ready ${seconds(report.durations.ready)}, checks ${seconds(report.durations.checks)}</span></div>
<p class="soft">${escape(report.sandbox.note)}</p>`;
}

function findingsSection(report: Report): string {
  const findings = report.checks
    .flatMap((check) => check.findings.map((finding) => ({ check, finding })))
    .sort((a, b) => severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity));
  if (findings.length === 0) return '';
  return `<section aria-labelledby="findings"><h2 id="findings">Findings, the worst first</h2>${findings.map(({ check, finding }) => findingHtml(finding, check)).join('')}</section>`;
}

function findingHtml(finding: Finding, check: CheckResult): string {
  const names = [finding.names?.cwe, finding.names?.owasp, finding.names?.wfc].filter((name) => name !== undefined);
  const tags = [check.id, ...names, ...(finding.known === true ? ['known'] : [])]
    .map((name) => `<span class="tag">${escape(name)}</span>`)
    .join('');
  const detail = finding.detail
    .split('\n\n')
    .map((paragraph) => `<p>${escape(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
  return `<article class="finding" id="${escape(finding.id)}"><header><span class="soft">${escape(finding.id)}</span><span class="tag ${finding.severity}">${finding.severity}</span>${tags}<h3>${escape(finding.title)}</h3></header>${detail}${finding.evidence.map(evidenceHtml).join('')}<p class="fix"><strong>Fix:</strong> ${escape(finding.fix)}</p><p class="soft">Again: <code>${escape(finding.replay)}</code></p></article>`;
}

function skillsSection(report: Report): string {
  const cards = skills.flatMap((skill) => {
    const checks = report.checks.filter((check) => check.skill === skill && check.status !== 'not-applicable');
    if (checks.length === 0) return [];
    const items = checks.map((check) => {
      const links = check.findings
        .map((finding) => `<a href="#${escape(finding.id)}">${escape(finding.id)}</a>`)
        .join(', ');
      return `<li><span class="${tones[check.status]}" aria-label="${check.status}">${marks[check.status]}</span><span>${escape(check.claim)}<br><small>${escape(check.id)} · ${links === '' ? escape(check.reason) : links}</small></span></li>`;
    });
    return [
      `<div class="card"><h3>${escape(skillNames[skill])} <span class="soft">${report.skills[skill].passed}/${checks.length}</span></h3><ul class="checks">${items.join('')}</ul></div>`,
    ];
  });
  const skipped = report.checks.filter((check) => check.status === 'not-applicable');
  const rest =
    skipped.length === 0
      ? ''
      : `<details><summary class="soft">${skipped.length} checks do not apply here</summary><ul>${skipped.map((check) => `<li><code>${escape(check.id)}</code> <span class="soft">${escape(check.reason)}</span></li>`).join('')}</ul></details>`;
  return `<section aria-labelledby="skills"><h2 id="skills">By skill</h2><div class="skills">${cards.join('')}</div>${rest}</section>`;
}

function exchangesSection(recording: Recording): string {
  if (recording.exchanges.length === 0) return '';
  const statements = Map.groupBy(recording.statements, ({ exchange }) => exchange ?? '');
  const rows = recording.exchanges.map((exchange) => {
    const status = exchange.response?.status ?? 0;
    const tone = status === 0 || status >= 500 ? 'bad' : status >= 400 ? 'open' : 'good';
    const caused = statements.get(exchange.id) ?? [];
    const sql = caused.length === 0 ? '' : `<pre>${escape(caused.map(statementText).join('\n'))}</pre>`;
    return `<details class="exchange" data-status="${String(status).charAt(0)}"><summary><span class="${tone}">${status === 0 ? '✘' : status}</span><span>${escape(`${exchange.request.method} ${exchange.request.target.slice(0, 300)}`)}</span><span class="soft">${exchange.durationMs.toFixed(1)} ms</span><span class="soft">${caused.length} sql</span></summary><p class="soft">${escape(exchange.check)}</p><pre>${escape(exchangeText(exchange))}</pre>${sql}</details>`;
  });
  return `<section aria-labelledby="exchanges"><h2 id="exchanges">Every exchange</h2><div class="filter"><input type="search" id="search" placeholder="Search requests, bodies, SQL" aria-label="Search the exchanges"><select id="status" aria-label="Status"><option value="">every status</option><option value="2">2xx</option><option value="3">3xx</option><option value="4">4xx</option><option value="5">5xx</option><option value="0">no answer</option></select><span class="soft" id="shown" aria-live="polite">${rows.length} shown</span></div>${rows.join('')}</section>`;
}

const script = `
const search = document.getElementById('search'), status = document.getElementById('status'), shown = document.getElementById('shown');
if (search) {
  const rows = [...document.querySelectorAll('details.exchange')].map((row) => [row, row.textContent.toLowerCase()]);
  const filter = () => {
    const word = search.value.toLowerCase();
    let count = 0;
    for (const [row, text] of rows) {
      const fits = text.includes(word) && (status.value === '' || row.dataset.status === status.value);
      row.classList.toggle('hidden', !fits);
      if (fits) count += 1;
    }
    shown.textContent = count + ' shown';
  };
  search.addEventListener('input', filter);
  status.addEventListener('change', filter);
}`;
