import { posix } from 'node:path';
import type { FolderView } from '../folder-view.ts';

/** Where Assay's own router script stands in the built copy. */
export const routerFile = '.assay/router.php';

/**
 * PHP's built-in server answers 404 by itself for a path with a dot in it, which never happens behind Apache or nginx. This script
 * behaves as they are usually configured: a file of the document root is served as it is, everything else goes to the front controller.
 */
const routerSource = (script: string): string => `<?php
$path = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if (!str_contains($path, "\\0") && !str_contains($path, '/.') && is_file($_SERVER['DOCUMENT_ROOT'] . $path)) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/${script}';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/${script}';
unset($_SERVER['PATH_INFO']);
chdir($_SERVER['DOCUMENT_ROOT']);
require $_SERVER['SCRIPT_FILENAME'];
`;

/** How a front controller is served: the command, and the files of Assay's own that it needs. */
export interface PhpServer {
  readonly command: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The script that every request goes to, such as `public/index.php`; null when there is none. */
export function frontController(view: FolderView): string | null {
  const folder = ['public/', 'web/', 'www/', 'htdocs/', 'public_html/', ''].find((one) =>
    view.hasFile(`${one}index.php`),
  );
  return folder === undefined ? servedScript(view) : `${folder}index.php`;
}

/** `php -S localhost:8080 api.php`, or without the file, which then stands in the address: `http://localhost:8080/api.php/things`. */
const serving = /\bphp\s+(?:-d\s+\S+\s+)*-S\s+([\w.$:{}-]+)(?:\s+-t\s+\.)?(?:[ \t]+([\w-]+(?:\.[\w-]+)*\.php)\b)?/g;

/** The one script of the backend's own folder that its README or Dockerfile has PHP's server run. */
function servedScript(view: FolderView): string | null {
  const texts = ['README.md', 'readme.md', 'README', 'Dockerfile'].map((file) => view.text(file) ?? '');
  const named = texts.flatMap((text) =>
    [...text.matchAll(serving)].flatMap(([, address = '', file]) =>
      file === undefined ? inAddresses(text, address) : [file],
    ),
  );
  const [only, ...others] = new Set(named.filter((file) => view.hasFile(file)));
  return only === undefined || others.length > 0 ? null : only;
}

function inAddresses(text: string, address: string): readonly string[] {
  return text
    .split(`http://${address}/`)
    .slice(1)
    .flatMap((rest) => /^[\w.-]+\.php\b/.exec(rest)?.[0] ?? []);
}

export function phpServer(view: FolderView, script: string): PhpServer {
  const root = script.includes('/') ? script.slice(0, script.lastIndexOf('/')) : '.';
  const name = script.slice(script.lastIndexOf('/') + 1);
  // A front controller that asks for the built-in server was written to be its router.
  const own = ['router.php', script].find((file) => /cli-server|PHP_SAPI|php_sapi_name/.test(view.text(file) ?? ''));
  // The php.ini of Debian and others keeps the environment out of $_ENV, and then Symfony takes what its .env says instead.
  const command = `php -d variables_order=EGPCS -S $HOST:$PORT -t ${root} ${own ?? routerFile}`;
  return own === undefined ? { command, files: { [routerFile]: routerSource(name) } } : { command, files: {} };
}

/** Whether the front controller takes in a file that is not in the folder, and that no installation would bring. */
export function lacksParts(view: FolderView): boolean {
  const script = frontController(view);
  if (script === null || view.hasFile('composer.json')) return false;
  const required = (view.text(script) ?? '').matchAll(
    /^\s*(?:\$\w+\s*=\s*)?(?:require|include)(?:_once)?\s*\(?\s*(?:__DIR__\s*\.\s*|dirname\(__FILE__\)\s*\.\s*)?['"]([^'"$]+\.php)['"]\s*\)?\s*;/gm,
  );
  return [...required].some(([, path = '']) => {
    const there = posix.normalize(posix.join(posix.dirname(script), path));
    return !there.startsWith('/') && !view.hasFile(there);
  });
}
