/* The one thing that stays in this browser: which column of a layout means what, by district and by the names in the header.
   Column names and codes are kept, never a value of a student's row. */

const PREFIX = "rtac-columns-";

export async function fingerprint(header) {
  const bytes = new TextEncoder().encode(header.map((name) => name.trim().toLowerCase()).join("\u001f"));
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash).slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function recall(lea, print) {
  try {
    return JSON.parse(localStorage.getItem(`${PREFIX}${lea}-${print}`));
  } catch {
    return null;
  }
}

/* Quietly without a store: the mapping then holds for this visit. */
export function remember(lea, print, mapping) {
  try {
    localStorage.setItem(`${PREFIX}${lea}-${print}`, JSON.stringify(mapping));
    return true;
  } catch {
    return false;
  }
}

export function forgetAll() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}
