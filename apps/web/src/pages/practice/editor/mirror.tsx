import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { languageSupport } from './languages.ts';
import { codeStyle, theme } from './theme.ts';

export interface EditorProps {
  readonly label: string;
  readonly language: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Ctrl or ⌘ with Enter. */
  readonly onSubmit: () => void;
}

/** CodeMirror 6. Tab leaves it, as it leaves every field; Escape takes the focus away. */
export default function Mirror({ label, language, text, onChange, onSubmit }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const newest = useRef({ onChange, onSubmit });
  newest.current = { onChange, onSubmit };
  const first = useRef(text);
  useEffect(() => {
    if (place.current === null) return undefined;
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                newest.current.onSubmit();
                return true;
              },
            },
            {
              key: 'Escape',
              run: (editor) => {
                editor.contentDOM.blur();
                return true;
              },
            },
          ]),
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          syntaxHighlighting(codeStyle),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          languageSupport(language),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, 'data-editor': language, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) newest.current.onChange(update.state.doc.toString());
          }),
          theme,
        ],
      }),
    });
    // Letters of another width move the lines.
    void document.fonts.ready.then(() => view.requestMeasure());
    return () => view.destroy();
  }, [label, language]);
  return <div className="editor" ref={place} />;
}
