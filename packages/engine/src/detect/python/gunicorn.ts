import type { FolderView } from '../folder-view.ts';

/** What the command line says beside the application; everything that gunicorn.conf.py settles is left to it, as flags would override it. */
export interface GunicornOptions {
  readonly workers: number;
  readonly chdir?: string;
  readonly workerClass?: string;
}

export function gunicornCommand(view: FolderView, application: string, options: GunicornOptions): string {
  const settings = view.text('gunicorn.conf.py') ?? '';
  const settles = (name: string): boolean => new RegExp(`^${name}\\s*=`, 'm').test(settings);
  return [
    'gunicorn',
    ...(settles('bind') ? [] : ['--bind $HOST:$PORT']),
    ...(settles('workers') ? [] : [`--workers \${WEB_CONCURRENCY:-${options.workers}}`]),
    ...(options.workerClass === undefined || settles('worker_class') ? [] : [`--worker-class ${options.workerClass}`]),
    ...(options.chdir === undefined || settles('chdir') ? [] : [`--chdir ${options.chdir}`]),
    ...(settles('wsgi_app') ? [] : [application]),
  ].join(' ');
}
