/** Paths on a grid of 16, drawn with a line of 1.5. */
const paths = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  question: 'M5.6 5.8a2.5 2.5 0 1 1 3.4 2.6c-.7.3-1 .8-1 1.6M8 12.6v.1',
  dash: 'M4 8h8',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  'chevron-down': 'M3.5 6 8 10.5 12.5 6',
  'chevron-up': 'M3.5 10 8 5.5 12.5 10',
  brain:
    'M8 3v10M8 4.5A2.2 2.2 0 0 0 3.8 5 2.3 2.3 0 0 0 3 9.300 2.300 2.300 0 0 0 5.500 12.500 2 2 0 0 0 8 11.500M8 4.500A2.200 2.200 0 0 1 12.200 5 2.300 2.300 0 0 1 13 9.300 2.300 2.300 0 0 1 10.500 12.500 2 2 0 0 1 8 11.500',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.800V8l2.200 1.500',
  copy: 'M6 5.5V3h7v7.5h-2.5M3 5.5h7.5V13H3z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  replay: 'M3 8a5 5 0 1 0 1.6-3.7M4.5 1.8v2.7h2.7',
  play: 'M5 3.2v9.6L12.5 8z',
  stop: 'M4 4h8v8H4z',
  folder: 'M2 4h4l1.5 1.5H14V13H2z',
  file: 'M4 2h5.5L12.5 5v9H4zM9 2v3.5h3.5',
  book: 'M8 4.2C6.5 3 4.5 2.8 2.5 3v9.3c2-.2 4 0 5.5 1.2 1.5-1.2 3.5-1.4 5.5-1.2V3c-2-.2-4 0-5.5 1.2zM8 4.2v9.3',
  flag: 'M3.5 14V2.5h8L9.8 5.7l1.7 3.3h-8',
  gear: 'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4',
  star: 'm8 2 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.1M2.5 8h.1M2.5 12h.1',
  chart: 'M2.5 2.5v11h11M5.5 10.5v-3M8.5 10.5v-6M11.5 10.5v-4',
  database:
    'M8 6.5c3 0 5-.9 5-2.2S11 2 8 2 3 3 3 4.300s2 2.2 5 2.200zM3 4.300v7.400C3 13 5 14 8 14s5-1 5-2.300V4.300M3 8c0 1.3 2 2.2 5 2.200s5-.9 5-2.2',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  external: 'M6 3H3v10h10v-3M9 2.500h4.500V7M13 3 7.5 8.5',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.500v1.300M8 13.200v1.300M1.5 8h1.300M13.2 8h1.300M3.4 3.400l.9.9M11.7 11.700l.9.900M3.4 12.600l.9-.9M11.7 4.300l.9-.9',
  moon: 'M13 9.800A5.6 5.6 0 0 1 6.2 3a5.6 5.6 0 1 0 6.8 6.800z',
  wrench:
    'M13.5 4.5 11.3 6.7 9.3 4.700l2.2-2.200a3.6 3.6 0 0 0-4.7 4.600L2.5 11.400l2.1 2.1 4.3-4.300a3.6 3.6 0 0 0 4.6-4.700z',
  menu: 'M2.5 4.500h11M2.5 8h11M2.5 11.500h11',
  plus: 'M8 3v10M3 8h10',
  trash: 'M3 4.500h10M6 4.500v-2h4v2M4.5 4.500l.5 9h6l.5-9M7 7v4M9 7v4',
  warning: 'M8 2.5 14.5 13.500h-13zM8 6.500v3M8 11.600v.1',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.300v3.700M8 5v.1',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 9.800a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.600z',
  swap: 'M4.5 2 2 4.5 4.5 7M2 4.500h11M11.5 9 14 11.5 11.5 14M14 11.500H3',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside words; it says nothing to a screen reader unless it has a label. */
export function Icon({
  name,
  size = 16,
  label,
}: {
  readonly name: IconName;
  readonly size?: number;
  readonly label?: string;
}) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path d={paths[name]} />
    </svg>
  );
}
