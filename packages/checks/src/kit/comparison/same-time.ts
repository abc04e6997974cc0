/**
 * Whether two texts tell the same time of day, day, or length of time in other words: `09:30` comes back as `09:30:00` from a column of type time, a day as
 * the midnight that begins it, `PT60M` as `PT1H`. Which of them may stand there is for the schema to say.
 */
export function isSameTime(sent: string, back: string): boolean {
  const [clock, otherClock] = [clockOf(sent), clockOf(back)];
  if (clock !== null && otherClock !== null) {
    const shift = Math.abs(clock - otherClock);
    return shift <= 1 || (shift < 1000 && isInSeconds(back));
  }
  const [seconds, otherSeconds] = [secondsOf(sent), secondsOf(back)];
  if (seconds !== null && otherSeconds !== null) return seconds === otherSeconds;
  return /^\d{4}-\d\d-\d\d$/.test(sent) && back.startsWith(sent) && midnight.test(back.slice(sent.length));
}

/** Columns and serializers that know whole seconds alone are many. */
export function isInSeconds(text: string): boolean {
  return !/\.0*[1-9]/.test(text);
}

const midnight = /^[T ]00:00(:00(\.0+)?)?(Z|\+00:?00)?$/i;

/** Milliseconds since midnight in UTC: without an offset it is taken for that, which most columns for times cannot keep. */
function clockOf(text: string): number | null {
  const match = /^(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(?:Z|([+-])(\d\d):?(\d\d))?$/i.exec(text);
  if (match === null) return null;
  const [, hours, minutes, seconds = 0, sign, offsetHours = 0, offsetMinutes = 0] = match;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const inUtc = Number(hours) * 60 + Number(minutes) - offset;
  return (((inUtc % 1440) + 1440) % 1440) * 60_000 + Number(seconds) * 1000;
}

/** Of an ISO 8601 duration without months and years, which have no certain length. */
function secondsOf(text: string): number | null {
  const match = /^([+-]?)P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
    text,
  );
  if (match === null) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(2).map((part) => Number(part ?? 0));
  return (match[1] === '-' ? -1 : 1) * ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds);
}
