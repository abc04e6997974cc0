import { type FormEvent, useEffect, useRef } from 'react';
import type { TurnEnd } from '../../../client/practice.ts';
import { Button } from '../../../design/button.tsx';
import { KeyCaps } from '../../../shell/keyboard/key-caps.tsx';
import { useShortcuts } from '../../../shell/keyboard/use-shortcuts.ts';
import { Choice } from '../../settings/choice.tsx';
import '../../settings/settings.css';

interface Said {
  readonly answer: string;
  readonly rating: number | null;
}

export type FollowUpsSaid = readonly Said[];

const nothing: Said = { answer: '', rating: null };

/** What the interviewer goes on with, answered in words and rated by the person; then the next question. */
export function FollowUps({
  id,
  followUps,
  said,
  onSay,
  busy,
  onDone,
}: {
  readonly id: string;
  readonly followUps: readonly { readonly ask: string; readonly listenFor: string | null }[];
  /** In their order; shorter while nothing was said to the last ones. */
  readonly said: FollowUpsSaid;
  readonly onSay: (said: FollowUpsSaid) => void;
  readonly busy: boolean;
  readonly onDone: (said: NonNullable<TurnEnd['followUps']>) => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('textarea, button')?.focus({ preventScroll: true }), []);
  const send = (): void => {
    if (!busy) onDone(followUps.map((_, index) => ({ ...(said[index] ?? nothing) })));
  };
  useShortcuts([{ keys: 'Mod+enter', label: 'Go on', group: 'Interview', run: send }]);
  const set = (index: number, change: Partial<Said>): void =>
    onSay(followUps.map((_, at) => (at === index ? { ...(said[at] ?? nothing), ...change } : (said[at] ?? nothing))));
  return (
    <form
      ref={form}
      className="follow-up-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      {followUps.map(({ ask, listenFor }, index) => {
        const { answer, rating } = said[index] ?? nothing;
        return (
          <div key={ask} className="follow-up">
            <label htmlFor={`${id}-follow-${index}`}>{ask}</label>
            <textarea
              id={`${id}-follow-${index}`}
              className="input written-text"
              rows={3}
              value={answer}
              onChange={({ target }) => set(index, { answer: target.value })}
            />
            {answer.trim() === '' ? null : (
              <>
                {listenFor === null ? null : (
                  <p className="soft">
                    <b>Listened for.</b> {listenFor}
                  </p>
                )}
                <Choice
                  legend="How good was that?"
                  options={[
                    ['1', '1'],
                    ['2', '2'],
                    ['3', '3'],
                    ['4', '4'],
                  ]}
                  value={rating === null ? '' : String(rating)}
                  onChange={(value) => set(index, { rating: Number(value) })}
                />
              </>
            )}
          </div>
        );
      })}
      <div className="answer-actions">
        <Button type="submit" variant="primary" icon="arrow" busy={busy}>
          Next question <KeyCaps keys="Mod+enter" />
        </Button>
      </div>
    </form>
  );
}
