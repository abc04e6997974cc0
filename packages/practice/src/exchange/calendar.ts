/** A reminder for every day on which something comes due, as iCalendar (RFC 5545). Days are in UTC; the time is the person's own clock's ("floating"). */
export function calendarOf(due: readonly number[], now: number, hour = 8, days = 60): string {
  const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
  const today = dayOf(now);
  const last = dayOf(now + days * 86_400_000);
  const counts = new Map<string, number>();
  for (const time of due) {
    const day = dayOf(Math.max(time, now));
    if (day <= last) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const stamp = `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const events = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, count]) => [
      'BEGIN:VEVENT',
      `UID:assay-practice-${day}@localhost`,
      `DTSTAMP:${stamp}`,
      `DTSTART:${day}T${String(hour).padStart(2, '0')}0000`,
      'DURATION:PT5M',
      `SUMMARY:Assay practice: ${count === 1 ? '1 question' : `${count} questions`}${day === today ? ' due' : ' come due'}`,
      'DESCRIPTION:assay practice',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:Assay practice',
      'TRIGGER:PT0M',
      'END:VALARM',
      'END:VEVENT',
    ]);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Assay//practice//EN',
    'CALSCALE:GREGORIAN',
    ...events,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
