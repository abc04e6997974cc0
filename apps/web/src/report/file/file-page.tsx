import { useCallback, useEffect, useState } from 'react';
import { IconButton } from '../../design/button.tsx';
import { Mark } from '../../design/mark.tsx';
import { fragmentOf, placeOf, type ReportPlace } from '../place.ts';
import { ReportView } from '../report-view.tsx';
import type { ReportSource } from '../source.ts';
import './file-page.css';

/** The report with what little a file needs around it: a name, and a choice of light and dark. */
export function FilePage({ run, source }: { readonly run: string; readonly source: ReportSource }) {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const follow = (): void => setPlace(placeOf(location.hash));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = useCallback((to: ReportPlace) => {
    setPlace(to);
    // Going back leads to the tab before, and not through every row that was looked at.
    if (placeOf(location.hash).tab === to.tab) history.replaceState(null, '', fragmentOf(to));
    else history.pushState(null, '', fragmentOf(to));
  }, []);
  return (
    <>
      <header className="file-bar">
        <span className="file-name">
          <Mark /> Assay
        </span>
        <ThemeSwitch />
      </header>
      <main className="file-main">
        <ReportView run={run} source={source} place={place} onPlace={go} checkHref={null} />
      </main>
    </>
  );
}

function ThemeSwitch() {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  return (
    <IconButton
      icon={dark ? 'sun' : 'moon'}
      label={dark ? 'Light' : 'Dark'}
      onClick={() => {
        document.documentElement.dataset['theme'] = dark ? 'light' : 'dark';
        setDark(!dark);
      }}
    />
  );
}
