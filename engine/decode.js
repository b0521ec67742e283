/* The bytes of a file as UTF-8 text, which is all that the engine reads. data/local decides encodings by the same rules. */

const STEP = 4 * 1024 * 1024;
/* What the bytes 0x80 to 0xFF mean in cp437, the page of MS-DOS: extracts of older student information systems are written in it. */
const CP437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ" +
  "áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
  "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀" +
  "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ";

/* SHA-256 of a file as hexadecimal text: it stands in what is published, so that a count can be traced to its file. */
export async function sha256(bytes) {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Whether every byte is UTF-8. */
export function strict(bytes) {
  const reader = new TextDecoder("utf-8", { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += STEP) reader.decode(bytes.subarray(at, at + STEP), { stream: true });
    reader.decode();
    return true;
  } catch {
    return false;
  }
}

/* The same text as UTF-8 bytes. */
export function transcoded(bytes, encoding) {
  const parts = [];
  const reader = encoding === "cp437" ? null : new TextDecoder(labelOf(encoding));
  const writer = new TextEncoder();
  let size = 0;
  for (let at = 0; at < bytes.length; at += STEP) {
    const slice = bytes.subarray(at, at + STEP);
    const part = writer.encode(reader ? reader.decode(slice, { stream: true }) : cp437(slice));
    parts.push(part);
    size += part.length;
  }
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function decoded(bytes, encoding) {
  return encoding === "cp437" ? cp437(bytes) : new TextDecoder(labelOf(encoding)).decode(bytes);
}

/* Python's names of encodings in the browser's words. */
function labelOf(encoding) {
  return encoding === "cp1252" ? "windows-1252" : encoding;
}

function cp437(bytes) {
  const units = new Uint16Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) units[i] = bytes[i] < 128 ? bytes[i] : CP437.charCodeAt(bytes[i] - 128);
  return new TextDecoder("utf-16le").decode(units);
}
