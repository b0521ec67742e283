/* The one thing that stays in this browser: what a column of a layout means and what a code means, by district and header.
   Names of columns and codes are kept, never a value of a student's row. */
import { plain } from "./recognize.js";

const PREFIX = "rtac-layout-";

/* Of a header's names, whatever their order: the same as data/local/files.py gives. */
export async function fingerprint(header) {
  const names = header.map(plain).filter(Boolean).sort();
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(names.join("|")));
  return Array.from(new Uint8Array(hash).slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Before the district is known, what any district of this browser chose for this header. */
export function recall(lea, print) {
  try {
    const any = Object.keys(localStorage).find((key) => key.startsWith(PREFIX) && key.endsWith(`-${print}`));
    return JSON.parse(localStorage.getItem(lea ? `${PREFIX}${lea}-${print}` : any ?? ""));
  } catch {
    return null;
  }
}

/* changes: {feed, part, columns} or {codes: {map: {value: code}}}. Quietly without a store: the choice then holds for this visit. */
export function remember(lea, print, changes) {
  const before = recall(lea, print) ?? {};
  const codes = { ...before.codes };
  for (const [map, values] of Object.entries(changes.codes ?? {})) codes[map] = { ...codes[map], ...values };
  try {
    localStorage.setItem(`${PREFIX}${lea}-${print}`, JSON.stringify({ ...before, ...changes, codes }));
  } catch {
    // A private window may refuse.
  }
}
