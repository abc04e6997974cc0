import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** The text in a style when the stream is a terminal that shows colours (NO_COLOR and FORCE_COLOR are heeded), as it is otherwise. */
export function paint(stream: NodeJS.WriteStream, style: Style, text: string): string {
  return styleText(style, text, { stream, validateStream: true });
}
