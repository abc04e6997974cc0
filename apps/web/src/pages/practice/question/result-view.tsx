import type { ReactNode } from 'react';
import type { PracticeAttempt } from '../../../client/generated/api.ts';
import { Tag } from '../../../design/badge.tsx';
import { CodeBlock } from '../../../design/code-block.tsx';
import { Icon } from '../../../design/icon.tsx';
import { Panel } from '../../../design/panel.tsx';
import { Markdown } from '../../../markdown/markdown.tsx';
import { highlight } from '../../../report/text/highlight.tsx';
import { clock, letter, ratingWords, until } from '../words.ts';

/** What became of an answer, what a good one says, and when the question comes again. */
export function ResultView({ attempt, children }: { readonly attempt: PracticeAttempt; readonly children: ReactNode }) {
  const { mark, afterwards, rating, dueAt, seconds, hints, status } = attempt;
  if (mark === null || afterwards === null)
    return (
      <Panel>
        <p>{status === 'left' ? 'Left out. It does not count, and comes again.' : 'It was not marked.'}</p>
        {children}
      </Panel>
    );
  return (
    <div className="result" data-passed={mark.passed}>
      <Panel className="result-verdict">
        <p className="result-word">
          <Icon name={mark.passed ? 'check' : 'cross'} size={20} />
          {mark.passed ? 'Right' : 'Not yet'}
        </p>
        <Given attempt={attempt} />
        {mark.points.length === 0 ? <p className="result-said">{mark.said}</p> : <Points attempt={attempt} />}
        {mark.bonus === null ? null : <p className="result-bonus">{mark.bonus}</p>}
        <p className="soft figures result-facts">
          {clock(seconds)}
          {hints.length === 0 ? '' : `, ${hints.length === 1 ? 'one hint' : `${hints.length} hints`}`}
          {rating === null ? null : <Tag>{ratingWords[rating]}</Tag>}
          {dueAt === null ? null : <span>comes again {until(dueAt, Date.now())}</span>}
        </p>
        {children}
      </Panel>
      <Panel title="A good answer">
        <Markdown source={afterwards.modelAnswer} deeper={2} />
        {afterwards.solution === null ? null : (
          <CodeBlock text={afterwards.solution} label="a solution" head="One that passes">
            {attempt.shown.form === 'statement' ? highlight(afterwards.solution, 'sql') : undefined}
          </CodeBlock>
        )}
        <p className="result-looks">
          <b>What is looked for.</b> {afterwards.looksFor}
        </p>
        {mark.points.length > 0 ? null : (
          <ul className="result-keys">
            {afterwards.keyPoints.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        )}
      </Panel>
      {attempt.interview !== null || afterwards.followUps.length === 0 ? null : (
        <Panel title="What would be asked next" note="Say it aloud; then look.">
          <ul className="follow-ups">
            {afterwards.followUps.map(({ ask, listenFor }) => (
              <li key={ask}>
                {listenFor === null ? (
                  <p>{ask}</p>
                ) : (
                  <details className="disclosure">
                    <summary>
                      <Icon name="chevron" size={14} />
                      <span>{ask}</span>
                    </summary>
                    <p className="disclosure-body soft">{listenFor}</p>
                  </details>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

/** What was answered, where it is not told by the result. */
function Given({ attempt: { shown, answer } }: { readonly attempt: PracticeAttempt }) {
  if (answer === null) return null;
  const labels = shown.form === 'options' || shown.form === 'evidence' ? shown.options : null;
  if (Array.isArray(answer) && labels !== null)
    return (
      <p className="soft">
        You chose{' '}
        {answer
          .map((number) => `${letter(number - 1)}${shown.form === 'options' ? `: ${labels[number - 1] ?? ''}` : ''}`)
          .join('; ')}
      </p>
    );
  if (typeof answer === 'number' && labels !== null) return <p className="soft">You chose: {labels[answer - 1]}</p>;
  if (typeof answer !== 'string' || shown.form === 'line') return null;
  return (
    <details className="disclosure">
      <summary>
        <Icon name="chevron" size={14} />
        <span>What you wrote</span>
      </summary>
      <pre className="written-answer">{answer}</pre>
    </details>
  );
}

function Points({ attempt: { mark } }: { readonly attempt: PracticeAttempt }) {
  const points = mark?.points ?? [];
  return (
    <ul className="points">
      {points.map(({ point, met }) => (
        <li key={point} data-met={met}>
          <Icon name={met ? 'check' : 'cross'} size={13} label={met ? 'made' : 'missing'} />
          <span>{point}</span>
        </li>
      ))}
    </ul>
  );
}
