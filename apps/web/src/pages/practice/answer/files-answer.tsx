import { useState } from 'react';
import type { ShownOf } from '../../../client/practice.ts';
import { Tag } from '../../../design/badge.tsx';
import { Tabs } from '../../../design/tabs.tsx';
import { CodeEditor } from '../editor/code-editor.tsx';
import { useDraft } from '../use-draft.ts';
import type { ControlOf } from './answer-control.tsx';
import { useTold } from './use-told.ts';

/** The files of a small backend, to be mended; a tab for each. */
export function FilesAnswer({ id, shown, onChange, onSubmit }: ControlOf<ShownOf<'files'>>) {
  const [files, setFiles] = useDraft<Readonly<Record<string, string>>>(id, shown.files);
  const names = Object.keys(shown.files);
  const [chosen, setChosen] = useState(names[0] ?? '');
  useTold(files, onChange);
  return (
    <div className="files">
      <p>
        It must pass{' '}
        {shown.checks.map((check) => (
          <Tag key={check} mono>
            {check}
          </Tag>
        ))}
      </p>
      <Tabs
        label="Files"
        tabs={names.map((name) => ({ id: name, label: <code>{name}</code> }))}
        selected={chosen}
        onSelect={setChosen}
      >
        <CodeEditor
          key={chosen}
          label={chosen}
          language={languageOf(chosen)}
          text={files[chosen] ?? ''}
          onChange={(text) => setFiles({ ...files, [chosen]: text })}
          onSubmit={onSubmit}
        />
      </Tabs>
    </div>
  );
}

function languageOf(name: string): string {
  const ending = name.split('.').at(-1) ?? '';
  return { py: 'python', php: 'php', java: 'java', sql: 'sql' }[ending] ?? 'javascript';
}
