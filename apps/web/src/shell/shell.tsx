import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { settingsQuery } from '../client/queries.ts';
import { IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Announcer } from './announce.tsx';
import { ConnectionBanner, useConnection } from './connection-banner.tsx';
import { KeyCaps } from './keyboard/key-caps.tsx';
import { ShortcutsDialog } from './keyboard/shortcuts-dialog.tsx';
import { useKeyboard, useShortcuts } from './keyboard/use-shortcuts.ts';
import { LockedPage } from './locked-page.tsx';
import { Mark } from '../design/mark.tsx';
import { destinations } from './navigation.ts';
import { Palette } from './palette/palette.tsx';
import { applyPreferences } from './preferences.ts';
import { useCommands } from './use-commands.ts';
import './shell.css';

type Open = 'nothing' | 'palette' | 'shortcuts' | 'menu';

/** What stands around every page: the navigation, the palette, the keyboard, and what is known of the connection. */
export function Shell() {
  const [open, setOpen] = useState<Open>('nothing');
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const isLocked = useConnection() === 'locked';
  const settings = useQuery(settingsQuery).data;
  useEffect(() => {
    if (settings !== undefined) applyPreferences(settings);
  }, [settings]);
  useEffect(() => setOpen((now) => (now === 'menu' ? 'nothing' : now)), [pathname]);
  useEffect(() => {
    if (open !== 'menu') return undefined;
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setOpen('nothing');
    };
    globalThis.addEventListener('keydown', onKey);
    return () => globalThis.removeEventListener('keydown', onKey);
  }, [open]);
  useKeyboard();
  useShortcuts([
    {
      keys: 'Mod+k',
      label: 'Search and commands',
      group: 'Everywhere',
      run: () => setOpen((now) => (now === 'palette' ? 'nothing' : 'palette')),
    },
    { keys: '?', label: 'Keyboard shortcuts', group: 'Everywhere', run: () => setOpen('shortcuts') },
    ...destinations.map(({ path, label, keys }) => ({
      keys,
      label,
      group: 'Go to',
      run: () => void navigate({ to: path }),
    })),
  ]);
  const close = (): void => setOpen('nothing');
  if (isLocked) return <LockedPage />;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="topbar">
        <Link to="/" className="brand" aria-label="Assay, home">
          <Mark />
          <span>Assay</span>
        </Link>
        <div className="topbar-buttons">
          <IconButton icon="search" label="Search and commands" onClick={() => setOpen('palette')} />
          <IconButton
            icon="menu"
            label="Menu"
            aria-expanded={open === 'menu'}
            aria-controls="navigation"
            onClick={() => setOpen(open === 'menu' ? 'nothing' : 'menu')}
          />
        </div>
      </header>
      <nav className="sidebar" id="navigation" aria-label="Main" data-open={open === 'menu'}>
        <Link to="/" className="brand sidebar-brand" aria-label="Assay, home">
          <Mark />
          <span>Assay</span>
        </Link>
        <button type="button" className="search-button" onClick={() => setOpen('palette')}>
          <Icon name="search" />
          <span>Search</span>
          <KeyCaps keys="Mod+k" />
        </button>
        <ul>
          {destinations.map(({ path, label, icon }) => (
            <li key={path}>
              <Link to={path} className="nav-link" activeOptions={{ exact: path === '/' }} onClick={close}>
                <Icon name={icon} />
                <span>{label}</span>
              </Link>
            </li>
          ))}
        </ul>
        <button type="button" className="nav-link nav-button" onClick={() => setOpen('shortcuts')}>
          <Icon name="info" />
          <span>Keyboard shortcuts</span>
          <KeyCaps keys="?" />
        </button>
      </nav>
      <div className="content">
        <ConnectionBanner />
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Announcer />
      {open === 'palette' ? <OpenPalette onClose={close} /> : null}
      {open === 'shortcuts' ? <ShortcutsDialog onClose={close} /> : null}
    </div>
  );
}

function OpenPalette({ onClose }: { readonly onClose: () => void }) {
  return <Palette commands={useCommands()} first={['Do', 'Go to', 'Runs']} onClose={onClose} />;
}
