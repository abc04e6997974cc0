import { notifyManager, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../client/api.ts';
import type { Settings } from '../../client/generated/api.ts';
import { settingsQuery } from '../../client/queries.ts';
import { Panel } from '../../design/panel.tsx';
import { announce } from '../../shell/announce.tsx';
import { Loaded, Refusal } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { applyPreferences } from '../../shell/preferences.ts';
import { Budget } from './budget.tsx';
import { Choice } from './choice.tsx';
import { DataPanel } from './data-panel.tsx';
import { Toolchains } from './toolchains.tsx';
import './settings.css';

type Changes = Partial<Pick<Settings, 'budgetSeconds' | 'theme' | 'reducedMotion' | 'shortcuts'>>;

/** What was pressed since stays. */
function without(pressed: Changes, settled: Changes): Changes {
  const left = Object.entries(pressed).filter(([name, value]) => settled[name as keyof Changes] !== value);
  return Object.fromEntries(left);
}

/** How Assay looks, how long it takes, what is on this machine, and what it keeps. */
export function SettingsPage() {
  const query = useQuery(settingsQuery);
  const queries = useQueryClient();
  // What is pressed is on at once; when the server has answered, what it has is shown.
  const [pressed, setPressed] = useState<Changes>({});
  const change = useMutation({
    mutationFn: async (body: Changes) => answered(await api.PATCH('/api/settings', { body })),
    onSuccess: (settings) => {
      queries.setQueryData(settingsQuery.queryKey, settings);
      applyPreferences(settings);
      announce('Saved.');
    },
    // Behind what it is to show instead, which the store tells in its turn.
    onSettled: (_settings, _error, changes) => notifyManager.schedule(() => setPressed((now) => without(now, changes))),
  });
  const choose = (changes: Changes): void => {
    setPressed((now) => ({ ...now, ...changes }));
    change.mutate(changes);
  };
  return (
    <Page title="Settings">
      <Loaded query={query} lines={10}>
        {(settings) => (
          <>
            <Refusal error={change.error} />
            <Panel title="Look and keyboard">
              <div className="settings-grid">
                <Choice
                  legend="Theme"
                  options={[
                    ['system', 'As the system'],
                    ['light', 'Light'],
                    ['dark', 'Dark'],
                  ]}
                  value={pressed.theme ?? settings.theme}
                  onChange={(theme) => choose({ theme })}
                />
                <Choice
                  legend="Motion"
                  options={[
                    ['system', 'As the system'],
                    ['reduce', 'Less'],
                  ]}
                  value={pressed.reducedMotion ?? settings.reducedMotion}
                  onChange={(reducedMotion) => choose({ reducedMotion })}
                />
                <Choice
                  legend="Shortcuts of plain keys"
                  hint="Ctrl K or ⌘ K works either way."
                  options={[
                    ['on', 'On'],
                    ['off', 'Off'],
                  ]}
                  value={(pressed.shortcuts ?? settings.shortcuts) ? 'on' : 'off'}
                  onChange={(value) => choose({ shortcuts: value === 'on' })}
                />
              </div>
            </Panel>
            <Panel title="Time for a run">
              <Budget
                seconds={settings.budgetSeconds}
                busy={change.isPending}
                onSave={(budgetSeconds) => change.mutate({ budgetSeconds })}
              />
            </Panel>
            <Toolchains />
            <DataPanel settings={settings} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
