import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { backendsQuery, challengesQuery, checksQuery, recentRunsQuery } from '../client/queries.ts';
import { useShownShortcuts } from './keyboard/use-shortcuts.ts';
import { destinations } from './navigation.ts';
import type { Command } from './palette/commands.ts';
import { folderName } from './words.ts';

const practice = [
  ['/practice', 'Today’s session', 'practice five minutes'],
  ['/practice/mock', 'Mock interview', 'practice'],
  ['/practice/progress', 'Progress of practice', 'forecast, retention, readiness'],
  ['/practice/questions', 'Questions', 'the bank, by area and kind'],
  ['/practice/settings', 'Schedule and data of practice', 'retention, Anki, calendar'],
] as const;

/** Everything the palette knows. What the server has is asked for when the palette opens. */
export function useCommands(): readonly Command[] {
  const navigate = useNavigate();
  const shortcuts = useShownShortcuts();
  const challenges = useQuery(challengesQuery);
  const checks = useQuery(checksQuery);
  const runs = useQuery(recentRunsQuery(20));
  const backends = useQuery(backendsQuery);
  const pageKeys = new Set<string>(destinations.map(({ keys }) => keys));
  return [
    ...shortcuts
      .filter(({ keys }) => !pageKeys.has(keys) && keys !== 'Mod+k')
      .map(({ keys, label, run }) => ({ id: `do/${keys}`, label, hint: '', group: 'Do', run, keys })),
    ...destinations.map(({ path, label, keys }) => ({
      id: `page${path}`,
      label,
      hint: '',
      group: 'Go to',
      run: () => void navigate({ to: path }),
      keys,
    })),
    ...practice.map(([path, label, hint]) => ({
      id: `page${path}`,
      label,
      hint,
      group: 'Practice',
      run: () => void navigate({ to: path }),
    })),
    ...(challenges.data ?? []).map(({ slug, title, summary }) => ({
      id: `challenge/${slug}`,
      label: title,
      hint: summary,
      group: 'Challenges',
      run: () => void navigate({ to: '/challenges/$slug', params: { slug } }),
    })),
    ...(backends.data ?? []).map(({ id, name, folder }) => ({
      id: `backend/${id}`,
      label: name,
      hint: folder,
      group: 'Backends',
      run: () => void navigate({ to: '/backends', search: { folder } }),
    })),
    ...(runs.data ?? []).map(({ id, folder, verdict, status, createdAt }) => ({
      id: `run/${id}`,
      label: folderName(folder),
      hint: `${verdict ?? status}, ${new Date(createdAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}`,
      group: 'Runs',
      run: () => void navigate({ to: '/runs/$id', params: { id } }),
    })),
    ...(checks.data ?? []).map(({ id, claim }) => ({
      id: `check/${id}`,
      label: id,
      hint: claim,
      group: 'Checks',
      run: () => {
        const [area = '', name = ''] = id.split('/');
        void navigate({ to: '/checks/$area/$name', params: { area, name } });
      },
    })),
  ];
}
