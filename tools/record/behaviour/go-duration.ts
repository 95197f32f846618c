/** A duration as Go prints it: `1h0m0s`, `5m0s`, `10s`. */
export function goDuration(nanoseconds: number): string {
  const seconds = Math.round(nanoseconds / 1e9);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
