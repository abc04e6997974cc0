import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { PracticeAttempt } from '../../../client/generated/api.ts';
import { attemptKey, confirmAttempt } from '../../../client/practice.ts';
import { Button } from '../../../design/button.tsx';
import { Disclosure } from '../../../design/disclosure.tsx';
import { announce } from '../../../shell/announce.tsx';
import { KeyCaps } from '../../../shell/keyboard/key-caps.tsx';
import { useShortcuts } from '../../../shell/keyboard/use-shortcuts.ts';
import { Refusal } from '../../../shell/loaded.tsx';

/** Words were matched, which only proposes: the person says which points the answer makes. */
export function ConfirmPoints({ attempt: { id, mark, answer } }: { readonly attempt: PracticeAttempt }) {
  const queries = useQueryClient();
  const points = mark?.points ?? [];
  const [made, setMade] = useState<readonly number[]>(() =>
    points.flatMap(({ met }, index) => (met ? [index + 1] : [])),
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const confirm = useMutation({
    mutationFn: () => confirmAttempt(id, [...made]),
    onSuccess: (next) => {
      queries.setQueryData(attemptKey(id), next);
      announce(next.mark?.said ?? '');
    },
  });
  const send = (): void => {
    if (!confirm.isPending) confirm.mutate();
  };
  const toggle = (number: number): void =>
    setMade(made.includes(number) ? made.filter((one) => one !== number) : [...made, number]);
  useShortcuts([
    ...points.slice(0, 9).map(({ point }, index) => ({
      keys: String(index + 1),
      label: point.slice(0, 60),
      group: 'Points',
      run: () => toggle(index + 1),
    })),
    { keys: 'Mod+enter', label: 'That is so', group: 'Points', run: send },
  ]);
  return (
    <form
      className="panel answer-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <h2 ref={heading} tabIndex={-1} className="panel-title">
        Which points does your answer make?
      </h2>
      <p className="soft">Ticked are those that its words show. You know better: correct it, and be strict.</p>
      <fieldset className="options">
        <legend className="visually-hidden">Points</legend>
        {points.map(({ point }, index) => (
          <label key={point} className="option">
            <input type="checkbox" checked={made.includes(index + 1)} onChange={() => toggle(index + 1)} />
            {index < 9 ? <kbd aria-hidden="true">{index + 1}</kbd> : <span />}
            <span>{point}</span>
          </label>
        ))}
      </fieldset>
      <Disclosure summary="What you wrote">
        <p className="written-answer">{typeof answer === 'string' ? answer : ''}</p>
      </Disclosure>
      <Refusal error={confirm.error} />
      <div className="answer-actions">
        <Button type="submit" variant="primary" busy={confirm.isPending}>
          That is so <KeyCaps keys="Mod+enter" />
        </Button>
      </div>
    </form>
  );
}
