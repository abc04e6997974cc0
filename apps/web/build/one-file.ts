import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Puts the script and the style into the page, and lets nothing else run there: a policy that names the script by its hash. */
export function oneFile(): Plugin {
  return {
    name: 'assay:one-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const pages = files.filter(({ fileName }) => fileName.endsWith('.html'));
      const scripts = files.filter((file) => file.type === 'chunk');
      const [page] = pages;
      const [script] = scripts;
      if (page?.type !== 'asset' || pages.length !== 1 || script === undefined || scripts.length !== 1)
        throw new Error(
          `one page and one script were expected, not ${files.map(({ fileName }) => fileName).join(', ')}`,
        );
      const styles = files.filter((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
      const style = styles.map((file) => (file.type === 'asset' ? String(file.source) : '')).join('\n');
      // Neither may hold the end of its own element.
      const code = script.code
        .trim()
        .replaceAll(/<\/(script)/gi, '<\\/$1')
        .replaceAll('<!--', '<\\!--');
      const hash = createHash('sha256').update(code).digest('base64');
      const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
      page.source = String(page.source)
        .replaceAll(/\s*<script [^>]*src=[^>]*><\/script>/g, '')
        .replaceAll(/\s*<link [^>]*rel="(?:stylesheet|modulepreload)"[^>]*>/g, '')
        .replace('<head>', () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`)
        .replace('</head>', () => `<style>${style.replaceAll('</', '<\\/')}</style>\n  </head>`)
        .replace('</body>', () => `<script type="module">${code}</script>\n  </body>`);
      for (const file of files) if (file !== page) delete bundle[file.fileName];
    },
  };
}
