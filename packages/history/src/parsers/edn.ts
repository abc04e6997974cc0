import { EdnReader } from './edn-reader.ts';
import { eventOf } from './event.ts';
import { pairEvents, type RecordedOperation } from './record.ts';

/**
 * Histories of Knossos and Elle: maps, within one vector or list or one after the other. Their place in the text is their time, as
 * those tools have it.
 */
export function parseEdn(text: string): readonly RecordedOperation[] {
  const forms = new EdnReader(text).items();
  return pairEvents(forms.map((form, at) => eventOf(form.value, form.line, at)));
}
