import { type FocusEvent, useCallback, useEffect, useRef, useState } from 'react';
import { IconButton } from '../../design/button.tsx';
import { Mark } from '../../design/mark.tsx';
import { fragmentOf, placeOf, type ReportPlace } from '../place.ts';
import { ReportView } from '../report-view.tsx';
import type { ReportSource } from '../source.ts';
import { HandbookPage } from './handbook-page.tsx';
import './file-page.css';

/** The report with what little a file needs around it: a name, a choice of light and dark, and the pages of its checks. */
export function FilePage({
  run,
  source,
  pages,
}: {
  readonly run: string;
  readonly source: ReportSource;
  /** The checks whose page is in the file. */
  readonly pages: readonly string[];
}) {
  const checkHref = useCallback((check: string) => (pages.includes(check) ? `#checks/${check}` : null), [pages]);
  const checkHere = useCallback((): string | null => {
    const check = location.hash.replace(/^#checks\//, '');
    return checkHref(check) === null ? null : check;
  }, [checkHref]);
  const [place, setPlace] = useState(() => placeOf(location.hash));
  /** Whose page is shown; the report stays as it is behind it. */
  const [check, setCheck] = useState(checkHere);
  useEffect(() => {
    const follow = (): void => {
      const here = checkHere();
      setCheck(here);
      if (here === null) setPlace(placeOf(location.hash));
    };
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, [checkHere]);
  const followed = useFocusAgain(check === null);
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
        <div hidden={check !== null} onFocus={followed}>
          <ReportView run={run} source={source} place={place} onPlace={go} checkHref={checkHref} />
        </div>
        {check === null ? null : (
          <HandbookPage key={check} check={check} source={source} back={fragmentOf(place)} checkHref={checkHref} />
        )}
      </main>
    </>
  );
}

/** Gives the focus back, when something is shown again, to what had it last; returns what has to be told of each focus. */
function useFocusAgain(isShown: boolean): (event: FocusEvent) => void {
  const last = useRef<HTMLElement | null>(null);
  const wasShown = useRef(isShown);
  useEffect(() => {
    if (isShown && !wasShown.current) last.current?.focus();
    wasShown.current = isShown;
  }, [isShown]);
  return ({ target }) => {
    last.current = target instanceof HTMLElement ? target : null;
  };
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
