import type { FolderView } from '../folder-view.ts';

/** Where Assay's own router script stands in the built copy. */
export const routerFile = '.assay/router.php';

/**
 * PHP's built-in server answers 404 by itself for a path with a dot in it, which never happens behind Apache or nginx. This script
 * behaves as they are usually configured: a file of the document root is served as it is, everything else goes to index.php.
 */
const routerSource = `<?php
$path = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if (!str_contains($path, "\\0") && !str_contains($path, '/.') && is_file($_SERVER['DOCUMENT_ROOT'] . $path)) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
unset($_SERVER['PATH_INFO']);
chdir($_SERVER['DOCUMENT_ROOT']);
require $_SERVER['SCRIPT_FILENAME'];
`;

/** How a front controller is served: the command, and the files of Assay's own that it needs. */
export interface PhpServer {
  readonly command: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The folder that is served, `.` for the backend's own; null when there is no index.php. */
export function documentRoot(view: FolderView): string | null {
  return (
    ['public', 'web', 'www', 'htdocs', 'public_html', '.'].find((folder) =>
      view.hasFile(folder === '.' ? 'index.php' : `${folder}/index.php`),
    ) ?? null
  );
}

export function phpServer(view: FolderView, root: string): PhpServer {
  const index = root === '.' ? 'index.php' : `${root}/index.php`;
  // A front controller that asks for the built-in server was written to be its router.
  const own = ['router.php', index].find((file) => /cli-server|PHP_SAPI|php_sapi_name/.test(view.text(file) ?? ''));
  // The php.ini of Debian and others keeps the environment out of $_ENV, and then Symfony takes what its .env says instead.
  const command = `php -d variables_order=EGPCS -S $HOST:$PORT -t ${root} ${own ?? routerFile}`;
  return own === undefined ? { command, files: { [routerFile]: routerSource } } : { command, files: {} };
}
