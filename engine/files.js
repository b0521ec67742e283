/* One file that was chosen: its bytes, hash and encoding, and what layout it has. What cannot be used says which rule it breaks. */
import { decoded, sha256, strict, transcoded } from "./decode.js";
import { fields, placesOf, plain, recognize, samples } from "./recognize.js";
import { fingerprint, recall } from "./saved.js";

const HEAD = 1 << 20;
const MOST = 1 << 30;
let count = 0;

/* {name, sha256, handle, body, recognized, notes: [{rule, value, count}]} or {name, trouble: {rule | text, value}}. */
export async function read(file, plan) {
  const trouble = (rule, value = "") => ({ name: file.name, trouble: { rule, value } });
  if (file.size > MOST) return { name: file.name, trouble: { text: "too_large" } };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const first = String.fromCharCode(...bytes.subarray(0, 512));
  if (!first.replace(/[\r\n\t \0\xef\xbb\xbf]/g, "") && bytes.length < 512) return trouble("file_empty");
  if (first.startsWith("PK\x03\x04")) return { name: file.name, trouble: { text: "workbook" } };
  const magic = plan.not_text.find(([start]) => first.startsWith(start));
  if (magic) return trouble("not_a_table", magic[1]);
  if (/^\s*<(!doctype|html|\?xml|head|body)/i.test(first.replace(/^\xef\xbb\xbf/, ""))) return trouble("not_a_table", "a web page");
  if (bytes.includes(0)) return trouble("not_a_table", "a file with NUL bytes");
  const utf8 = strict(bytes);
  const head = decoded(bytes.subarray(0, HEAD), utf8 ? "utf-8" : "windows-1252");
  const recognized = recognize(head, plan);
  count += 1;
  const made = { name: file.name, sha256: await sha256(bytes), handle: `file_${count}.csv`, recognized, notes: [], utf8, source: file };
  if (!recognized.part) made.samples = samples(head, recognized);
  made.print = recognized.layout && !recognized.header.length ? recognized.layout.layout : await fingerprint(recognized.header);
  return prepared(made, bytes);
}

/* The file itself where it is UTF-8 already: the engine then reads it in parts. Else its text as UTF-8, repaired where needed. */
function prepared(made, bytes) {
  const { layout } = made.recognized;
  const merge = Number(layout?.merge || 0);
  const encoding = made.utf8 ? "utf-8" : layout?.encoding || "cp1252";
  if (!made.utf8) made.notes.push({ rule: "encoding_other", value: encoding, count: 1 });
  made.body = made.source;
  if (!made.utf8) made.body = transcoded(bytes, encoding);
  if (merge) made.body = merged(made, made.utf8 ? bytes : made.body, merge);
  delete made.source;
  return made;
}

/* Names that hold an extra comma: a line with one field too many has fields `merge` and `merge` + 1 joined. */
function merged(made, bytes, merge) {
  const { skip, delimiter, width } = made.recognized;
  let repaired = 0;
  const out = new TextDecoder().decode(bytes).split("\n").map((line, i) => {
    const cells = i < skip ? [] : fields(line.replace(/\r+$/, ""), delimiter);
    if (cells.length !== width + 1) return line;
    repaired += 1;
    cells.splice(merge - 1, 2, `${cells[merge - 1]},${cells[merge]}`);
    return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter);
  });
  if (repaired) made.notes.push({ rule: "names_merged", value: "", count: repaired });
  return new TextEncoder().encode(out.join("\n"));
}

/* What this district chose before for files with this header: columns of an unknown layout, and the meaning of its codes. */
export function recalled(file, lea) {
  const saved = recall(lea, file.print);
  if (!saved) return [];
  if (saved.part && !file.recognized.part) {
    const places = placesOf(file.recognized.header);
    const known = Object.entries(saved.columns).filter(([, name]) => places.has(plain(name)));
    const columns = Object.fromEntries(known.map(([column, name]) => [column, places.get(plain(name))]));
    file.recognized = { ...file.recognized, part: saved.part, feed: saved.feed, columns };
    file.saved = true;
  }
  return Object.entries(saved.codes ?? {}).flatMap(([map, values]) => Object.entries(values).map(([value, code]) => ({ map, value, code })));
}
