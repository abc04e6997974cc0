import type { IconName } from '../design/icon.tsx';

/** The pages of the navigation, in its order. Keys are a sequence, after `g` for "go". */
export const destinations = [
  { path: '/', label: 'Home', icon: 'flag', keys: 'g h' },
  { path: '/challenges', label: 'Challenges', icon: 'star', keys: 'g c' },
  { path: '/backends', label: 'Own backend', icon: 'folder', keys: 'g b' },
  { path: '/runs', label: 'Runs', icon: 'list', keys: 'g r' },
  { path: '/checks', label: 'Checks', icon: 'book', keys: 'g k' },
  { path: '/practice', label: 'Practice', icon: 'brain', keys: 'g p' },
  { path: '/skills', label: 'Skills', icon: 'chart', keys: 'g s' },
  { path: '/settings', label: 'Settings', icon: 'gear', keys: 'g t' },
] as const satisfies readonly {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  readonly keys: string;
}[];
