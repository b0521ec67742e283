/* One file that was chosen: its bytes, hash and encoding, and what layout it has. */
import { peek, sha256, sniff, transcoded } from "./decode.js";
import { recognize } from "./recognize.js";
import { fingerprint, recall } from "./saved.js";

const HEAD = 256 * 1024;
const MOST = 1024 * 1024 * 1024;
let count = 0;

/* {name, sha256, handle, body, recognized, saved} or {trouble}. `handle` is the name that the engine knows it by. */
export async function read(file, plan, lea) {
  if (/\.(xlsx?|xlsm|ods|zip)$/i.test(file.name)) return { trouble: "workbook" };
  if (file.size > MOST) return { trouble: "too_large" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!bytes.length) return { trouble: "empty" };
  const sniffed = sniff(bytes);
  if (bytes.subarray(0, HEAD).includes(0) && !sniffed.startsWith("utf-16")) return { trouble: "not_text" };
  let recognized = recognize(peek(bytes, sniffed || "windows-1252", HEAD), plan);
  const encoding = sniffed || encodingOf(recognized.layout);
  const print = await fingerprint(recognized.header);
  const saved = recognized.layout ? null : recall(lea, print);
  if (saved) recognized = { ...recognized, ...saved, columns: placed(saved.columns, recognized.header) };
  count += 1;
  const body = prepared(file, bytes, encoding, recognized);
  return { name: file.name, sha256: await sha256(bytes), handle: `file_${count}.csv`, body, recognized, print, saved: Boolean(saved) };
}

function encodingOf(layout) {
  const named = layout?.encoding || "cp1252";
  return named === "cp1252" ? "windows-1252" : named;
}

/* The file itself where it is UTF-8 already: the engine then reads it in parts. Else its text as UTF-8, repaired where needed. */
function prepared(file, bytes, encoding, recognized) {
  const merge = Number(recognized.layout?.merge || 0);
  if (encoding === "utf-8" && !merge) return file;
  const text = encoding === "utf-8" ? bytes : transcoded(bytes, encoding);
  return merge ? merged(text, recognized, merge) : text;
}

/* Names that hold an extra comma: a line with one field too many has fields `merge` and `merge` + 1 joined. */
function merged(bytes, how, merge) {
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\n/);
  const out = lines.map((line, i) => {
    if (i < how.skip || line.includes('"')) return line;
    const parts = line.split(how.delimiter);
    if (parts.length !== how.width + 1) return line;
    parts.splice(merge - 1, 2, `"${parts[merge - 1]}${how.delimiter}${parts[merge]}"`);
    return parts.join(how.delimiter);
  });
  return new TextEncoder().encode(out.join("\n"));
}

/* A saved mapping holds names: here they are places in this header. */
function placed(columns, header) {
  const out = {};
  for (const [column, name] of Object.entries(columns)) {
    const at = header.indexOf(name);
    if (at >= 0) out[column] = at;
  }
  return out;
}
