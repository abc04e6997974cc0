import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { noSettings } from '../../settings/settings.ts';
import { detect } from '../detect.ts';
import { testFolder } from '../test-folder.ts';

/** A PHP with these extensions is the one on the PATH. */
function phpWith(modules: string): void {
  const folder = testFolder({ php: `#!/bin/sh\necho '[PHP Modules]'\nprintf '${modules}'\n` });
  chmodSync(join(folder, 'php'), 0o755);
  const path = process.env.PATH;
  onTestFinished(() => {
    process.env.PATH = path;
  });
  process.env.PATH = `${folder}:${path}`;
}

const front = (source: string) => testFolder({ 'index.php': `<?php ${source}` });

test('a PHP without the extension is the machine’s lack', async () => {
  phpWith('PDO\\npdo_sqlite\\n');
  await expect(detect(front('new PDO("pgsql:host=x");'), noSettings)).rejects.toMatchObject({
    code: 'toolchain-missing',
    message: expect.stringContaining('lacks the extension pdo_pgsql'),
  });
  await expect(detect(front('new PDO("sqlite:x");'), noSettings)).resolves.toMatchObject({ database: 'postgres' });
  const own = { ...noSettings, database: 'none' } as const;
  await expect(detect(front('new PDO("pgsql:host=x");'), own)).resolves.toMatchObject({ database: 'none' });
});

test('a PHP with the extension will do', async () => {
  phpWith('PDO\\npdo_pgsql\\n');
  await expect(detect(front('new PDO("pgsql:host=x");'), noSettings)).resolves.toMatchObject({ database: 'postgres' });
});
