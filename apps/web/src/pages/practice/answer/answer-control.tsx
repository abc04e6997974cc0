import type { ReactNode } from 'react';
import type { Answer, Shown } from '../../../client/practice.ts';
import { EvidenceAnswer } from './evidence-answer.tsx';
import { FilesAnswer } from './files-answer.tsx';
import { LineAnswer } from './line-answer.tsx';
import { OptionsAnswer } from './options-answer.tsx';
import { OrderAnswer } from './order-answer.tsx';
import { CodeAnswer, TextAnswer } from './written-answer.tsx';

export interface ControlOf<S> {
  /** Of the attempt: drafts are kept under it. */
  readonly id: string;
  readonly shown: S;
  readonly onChange: (answer: Answer) => void;
  readonly onSubmit: () => void;
}

/** The control that an answer of this form is given with. It tells every change, `null` while there is no answer. */
export function AnswerControl({ shown, ...rest }: ControlOf<Shown>): ReactNode {
  switch (shown.form) {
    case 'options':
      return <OptionsAnswer shown={shown} {...rest} />;
    case 'order':
      return <OrderAnswer shown={shown} {...rest} />;
    case 'line':
      return <LineAnswer shown={shown} {...rest} />;
    case 'evidence':
      return <EvidenceAnswer shown={shown} {...rest} />;
    case 'files':
      return <FilesAnswer shown={shown} {...rest} />;
    case 'statement':
      return <CodeAnswer label="Your SQL" language="sql" start="" {...rest} />;
    case 'request':
      return <CodeAnswer label="Your request" language="http" start="" {...rest} />;
    case 'program':
      return <CodeAnswer label="The program, mended" language={shown.language} start={shown.code} {...rest} />;
    case 'outcome':
      return <TextAnswer label="What comes out" code rows={4} {...rest} />;
    case 'text':
      return <TextAnswer label="Your answer" rows={9} {...rest} />;
    default:
      return shown satisfies never;
  }
}
