import { Fault } from '../../vocabulary/fault.ts';
import { parseJson } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ParsedSource } from './parsed-source.ts';
import { SourceText } from './source-text.ts';

/**
 * Reads JSON or YAML, told apart by the content: files with the wrong ending are common. What begins like JSON but is not (trailing
 * commas, keys without quotes) is read as YAML where it is that; where it is neither, the ending decides whose complaint is shown. A comment
 * of JavaScript's is neither, but YAML would take it, with what follows, for a key.
 * @throws Fault `bad-contract` with line and column
 */
export function parseSource(name: string, file: string | null, content: string, referenced = false): ParsedSource {
  const text = new SourceText(name, content.startsWith('\uFEFF') ? content.slice(1) : content);
  const looksLikeJson = /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*[[{]/.test(text.text);
  if (!looksLikeJson) return { text, name, file, referenced, ...parseYaml(text) };
  try {
    return { text, name, file, referenced, ...parseJson(text) };
  } catch (jsonFault) {
    if (jsonFault instanceof Fault && /stands twice|levels deep|no comments/.test(jsonFault.message)) throw jsonFault;
    try {
      return { text, name, file, referenced, ...parseYaml(text) };
    } catch (yamlFault) {
      throw /\.ya?ml$/i.test(name) ? yamlFault : jsonFault;
    }
  }
}
