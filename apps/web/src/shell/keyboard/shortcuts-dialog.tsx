import type { ReactNode } from 'react';
import { Dialog } from '../dialog.tsx';
import { KeyCaps } from './key-caps.tsx';
import { useShownShortcuts } from './use-shortcuts.ts';

/** Every key that does something on the page that is shown. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const shortcuts = useShownShortcuts();
  const groups = Map.groupBy(shortcuts, ({ group }) => group);
  return (
    <Dialog label="Keyboard shortcuts" className="shortcuts" onClose={onClose}>
      <header className="dialog-head">
        <h2>Keyboard shortcuts</h2>
        <button type="button" className="button quiet" onClick={onClose}>
          Close
        </button>
      </header>
      <div className="shortcut-groups">
        {[...groups].map(([group, some]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {some.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    <KeyCaps keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="quiet-text">Plain keys can be switched off in the settings.</p>
    </Dialog>
  );
}
