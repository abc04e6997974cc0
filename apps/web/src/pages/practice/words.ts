import type { PracticeQuestion } from '../../client/generated/api.ts';

type Kind = PracticeQuestion['kind'];
type Area = PracticeQuestion['area'];

/** What one does with a question of the kind. */
export const kindWords: Readonly<Record<Kind, string>> = {
  recall: 'Recall',
  choice: 'Choice',
  order: 'Order',
  sql: 'SQL',
  http: 'HTTP request',
  predict: 'Predict',
  fix: 'Fix',
  spot: 'Spot the defect',
  design: 'Design',
  evidence: 'Your own run',
};

export const areaWords: Readonly<Record<Area, string>> = {
  languages: 'Languages',
  frameworks: 'Frameworks',
  databases: 'Databases',
  apis: 'APIs',
  http: 'HTTP',
  security: 'Security',
  concurrency: 'Concurrency',
  'distributed-systems': 'Distributed systems',
  'system-design': 'System design',
  algorithms: 'Algorithms',
  testing: 'Testing',
  operations: 'Operations',
  behavioural: 'Behavioural',
};

export const areaOrder = Object.keys(areaWords) as readonly Area[];
export const kindOrder = Object.keys(kindWords) as readonly Kind[];

export const ratingWords: Readonly<Record<number, string>> = { 1: 'again', 2: 'hard', 3: 'good', 4: 'easy' };
export const levelWords: Readonly<Record<number, string>> = {
  1: 'First steps',
  2: 'Junior',
  3: 'Middle',
  4: 'Senior',
  5: 'Staff',
};

export function letter(index: number): string {
  return String.fromCodePoint(65 + index);
}

/** `4:05`, as a clock shows it. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** `about 5 minutes`. */
export function aboutMinutes(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}

/** When something comes again: `in 10 minutes`, `tomorrow`, `in 3 weeks`. */
export function until(iso: string, now: number): string {
  const seconds = Math.max(0, (Date.parse(iso) - now) / 1000);
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (seconds < 3600) return format.format(Math.max(1, Math.round(seconds / 60)), 'minute');
  if (seconds < 86_400 * 0.9) return format.format(Math.round(seconds / 3600), 'hour');
  const days = Math.round(seconds / 86_400);
  if (days < 21) return format.format(days, 'day');
  return days < 75 ? format.format(Math.round(days / 7), 'week') : format.format(Math.round(days / 30), 'month');
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
