// Dates as the page writes them. All are given in days before "today", the date of the page.

const DAY = 86400000;
const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const LONG = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** Milliseconds of an ISO date, in UTC. */
const parse = (iso) => {
  const [year, month, day = 1] = iso.split("-").map(Number);
  return Date.UTC(year, month - 1, day);
};

/** "3 Feb 2026": the date `ago` days before the ISO date `today`. */
export const shortDate = (today, ago) => SHORT.format(new Date(parse(today) - ago * DAY));

/** "3 February 2026". */
export const longDate = (iso) => LONG.format(new Date(parse(iso)));

/** The ISO date `ago` days before `today`; null for null. */
export const isoDate = (today, ago) => (ago === null ? null : new Date(parse(today) - ago * DAY).toISOString().slice(0, 10));

/** "May 2024", of "2024-05". */
export const monthWords = (month) => MONTH.format(new Date(parse(month)));

const PER = { week: 7, month: 30.4, year: 365.25 };
/** A length of time in words: "3 weeks". Days up to 14, weeks up to 70 days, months up to two years, then years. */
export const durationWords = (days) => {
  const unit = days < 14 ? "day" : days < 70 ? "week" : days < 730 ? "month" : "year";
  const amount = Math.round(days / (PER[unit] ?? 1));
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
};

/** "3 weeks ago", "in 2 days", "today". */
export const agoWords = (ago) => (Math.abs(ago) < 1 ? "today" : ago > 0 ? `${durationWords(ago)} ago` : `in ${durationWords(-ago)}`);
