import { Select } from '../../design/field.tsx';
import { areaOrder, areaWords, kindOrder, kindWords } from './words.ts';

/** What questions are about: an area or a kind; a topic of theirs too when a link has chosen it. Empty for everything. */
export function TopicSelect({
  topic,
  onChoose,
}: {
  readonly topic: string;
  readonly onChoose: (topic: string) => void;
}) {
  return (
    <Select aria-label="About what" value={topic} onChange={({ target }) => onChoose(target.value)}>
      <option value="">Everything</option>
      <optgroup label="Area">
        {areaOrder.map((area) => (
          <option key={area} value={area}>
            {areaWords[area]}
          </option>
        ))}
      </optgroup>
      <optgroup label="Kind">
        {kindOrder.map((kind) => (
          <option key={kind} value={kind}>
            {kindWords[kind]}
          </option>
        ))}
      </optgroup>
      {topic === '' || topic in areaWords || topic in kindWords ? null : <option value={topic}>{topic}</option>}
    </Select>
  );
}
