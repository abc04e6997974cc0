import type { FolderView } from '../folder-view.ts';

/** What the command line says beside the application; everything that gunicorn.conf.py settles is left to it, as flags would override it. */
export interface GunicornOptions {
  /** One process answers in so many threads; left out for workers that need none. */
  readonly threads?: number;
  readonly chdir?: string;
  readonly workerClass?: string;
}

export function gunicornCommand(view: FolderView, application: string, options: GunicornOptions): string {
  const settings = view.text('gunicorn.conf.py') ?? '';
  const settles = (name: string): boolean => new RegExp(`^${name}\\s*=`, 'm').test(settings);
  return [
    'gunicorn',
    ...(settles('bind') ? [] : ['--bind $HOST:$PORT']),
    // One process unless somebody says otherwise, as gunicorn has it: many applications keep something in memory, or make their
    // tables as they start.
    ...(settles('workers') ? [] : ['--workers ${WEB_CONCURRENCY:-1}']),
    ...(options.threads === undefined || ['workers', 'threads', 'worker_class'].some(settles)
      ? []
      : [`--threads ${options.threads}`]),
    ...(options.workerClass === undefined || settles('worker_class') ? [] : [`--worker-class ${options.workerClass}`]),
    ...(options.chdir === undefined || settles('chdir') ? [] : [`--chdir ${options.chdir}`]),
    ...(settles('wsgi_app') ? [] : [application]),
  ].join(' ');
}
