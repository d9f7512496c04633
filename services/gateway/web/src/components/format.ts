/** Numbers, sizes and times as people of the chosen language write them. */
import i18next, { type TFunction } from "i18next";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function formatBytes(bytes: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(1, bytes)) / 3), UNITS.length - 1);
  const options = { style: "unit", unit: UNITS[step] ?? "byte", unitDisplay: step === 0 ? "long" : "short", maximumFractionDigits: step > 1 ? 1 : 0 } as const;
  return new Intl.NumberFormat(i18next.language, options).format(bytes / 1000 ** step);
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(i18next.language).format(value);
}

export function formatTime(at: number | string): string {
  return new Intl.DateTimeFormat(i18next.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

export function formatDateTime(at: number | string): string {
  return new Intl.DateTimeFormat(i18next.language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

export function formatDate(at: number | string): string {
  return new Intl.DateTimeFormat(i18next.language, { dateStyle: "medium" }).format(new Date(at));
}

const STEPS = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
] as const;

/** "5 minutes ago". */
export function formatAgo(at: number | string): string {
  let amount = (new Date(at).getTime() - Date.now()) / 1000;
  const words = new Intl.RelativeTimeFormat(i18next.language, { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(amount) < size) return words.format(Math.round(amount), unit);
    amount /= size;
  }
  return formatDate(at);
}

/** "1 min 20 sec"; the two largest units, and never less than a second. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const parts: [number, string][] = [[Math.floor(whole / 3600), "hour"], [Math.floor((whole % 3600) / 60), "minute"], [whole % 60, "second"]];
  const first = Math.max(0, parts.findIndex(([amount]) => amount > 0));
  const shown = parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  return shown.map(([amount, unit]) => new Intl.NumberFormat(i18next.language, { style: "unit", unit, unitDisplay: "short" }).format(amount)).join(" ");
}

/** "12 %", and "<1 %" where there is less than that but something. */
export function percentText(t: TFunction, part: number, total: number): string {
  return part > 0 && part * 100 < total ? t("common.percentLess") : t("common.percent", { value: percent(part, total) });
}

/** Whole per cent; never 100 before all is done, never 0 once something is. */
export function percent(part: number, total: number): number {
  if (total <= 0 || part <= 0) return 0;
  return part >= total ? 100 : Math.min(99, Math.max(1, Math.round((part / total) * 100)));
}
