/** A change window as anycast.yaml gives it. */
export interface ChangeWindow {
  /** @default every day */
  readonly days?: readonly string[];
  /** Local time, HH:MM. */
  readonly from: string;
  /** Local time, HH:MM; before or at `from` it is on the next day. */
  readonly to: string;
  /** IANA time zone. */
  readonly time_zone: string;
}

export interface WindowState {
  readonly open: boolean;
  /** When it opens next (or `now` while it is open), as text: local time, zone and UTC. */
  readonly next: string;
  /** The same as a point in time; undefined while it is open. */
  readonly opensAt?: Date;
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MINUTE = 60_000;
/** Enough days to include every weekday twice. */
const LOOK_AHEAD_DAYS = 15;

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // An offset such as +08:00 has no daylight-saving time, so only names of zones are accepted.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** Whether any window is open at `now`, and when the next one opens. */
export function windowState(windows: readonly ChangeWindow[], now: Date): WindowState {
  const spans = windows.flatMap((window) => spansOf(window, now));
  if (spans.some(({ opens, closes }) => opens <= now.getTime() && now.getTime() < closes))
    return { open: true, next: "now" };
  const next = spans.filter(({ opens }) => opens > now.getTime()).sort((a, b) => a.opens - b.opens)[0];
  if (next === undefined) return { open: false, next: "never" };
  const local = new Intl.DateTimeFormat("en-GB", {
    timeZone: next.zone,
    weekday: "short",
    day: "2-digit",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  const opensAt = new Date(next.opens);
  return {
    open: false,
    opensAt,
    next: `${local.format(opensAt)} ${next.zone}, ${opensAt.toISOString().slice(0, 16)}Z`,
  };
}

interface Span {
  readonly opens: number;
  readonly closes: number;
  readonly zone: string;
}

/** The window's openings from yesterday on, as points in time. */
function spansOf(window: ChangeWindow, now: Date): Span[] {
  const today = localParts(now, window.time_zone);
  const spans: Span[] = [];
  for (let offset = -1; offset <= LOOK_AHEAD_DAYS; offset++) {
    const day = new Date(Date.UTC(today.year, today.month - 1, today.day + offset));
    if (window.days !== undefined && !window.days.includes(DAYS[day.getUTCDay()] ?? "")) continue;
    const overnight = window.to <= window.from ? 1 : 0;
    const opens = instantOf(day, 0, window.from, window.time_zone);
    const closes = instantOf(day, overnight, window.to, window.time_zone);
    if (closes > opens) spans.push({ opens, closes, zone: window.time_zone });
  }
  return spans;
}

/**
 * The point in time of a local wall-clock time. A time that daylight saving skips becomes the first minute after
 * the gap; a time that occurs twice is the first of them.
 */
function instantOf(day: Date, plusDays: number, time: string, zone: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const wall = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() + plusDays, hour, minute);
  const before = offsetAt(wall - 24 * 60 * MINUTE, zone);
  const after = offsetAt(wall + 24 * 60 * MINUTE, zone);
  const candidates = [wall - before, wall - after].filter((instant) => instant + offsetAt(instant, zone) === wall);
  if (candidates.length > 0) return Math.min(...candidates);
  // Skipped: the clock jumps from before the gap to after it at the transition between the two offsets.
  let low = wall - Math.max(before, after) - 60 * MINUTE;
  let high = wall - Math.min(before, after) + 60 * MINUTE;
  while (high - low > MINUTE) {
    const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Offset of local time from UTC at a point in time, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const { year, month, day, hour, minute, second } = localParts(new Date(instant), zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

interface LocalParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localParts(at: Date, zone: string): LocalParts {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  ) as unknown as LocalParts;
}
