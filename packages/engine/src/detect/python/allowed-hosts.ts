import type { FolderView } from '../folder-view.ts';

/** `os.environ.get('ALLOWED_HOSTS', …`, `environ["…`, `getenv("…`, `env.list('…`, `config('…`, with what stands around it. */
const reading =
  /^(.*(?:\benviron(?:\.get\(|\[)|\b(?:\w*env|config)(?:\.\w+)?\()\s*)['"](\w*ALLOWED_?HOSTS?)['"](.*(?:\n[ \t]+.*)?)/gm;

/**
 * Django answers 400 under every host that its settings do not allow. Where they read which from the environment, the one under which Assay asks
 * is told; not where they allow it by default, and others maybe too.
 */
export function allowedHosts(view: FolderView): Readonly<Record<string, string>> {
  const found = view.find(/\.py$/, 5).flatMap((path) => [...(view.text(path) ?? '').matchAll(reading)]);
  return Object.fromEntries(
    found.flatMap(([, before = '', name = '', after = '']) =>
      /['"]\*['"]|127\.0\.0\.1/.test(after)
        ? []
        : [[name, /\bloads\(|literal_eval\(|\.json\(/.test(before) ? '["127.0.0.1"]' : '127.0.0.1']],
    ),
  );
}
