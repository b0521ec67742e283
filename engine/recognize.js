/* Which layout a file has: its delimiter, where its header stands, which column holds what. The same steps as data/local takes
   (data/local/plan.py, step 2); a file that fits no layout is mapped by the reader (engine/mapping.js). */

const LINES = 40;
const DELIMITERS = ["^", "\t", ",", ";"];

/* Names compare by their letters and digits. */
export function plain(name) {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/* The first lines as lists of fields. Quoted fields may hold the delimiter; a line is a line. */
export function fields(line, delimiter) {
  if (delimiter === "^" || !line.includes('"')) return line.split(delimiter).map((f) => f.trim());
  const out = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i];
    if (quoted && c === '"' && line[i + 1] === '"') {
      field += '"';
      i += 1;
    } else if (c === '"') quoted = !quoted;
    else if (c === delimiter && !quoted) {
      out.push(field.trim());
      field = "";
    } else field += c;
  }
  return [...out, field.trim()];
}

export function delimiterOf(lines) {
  const widest = (d) => Math.max(0, ...lines.map((line) => fields(line, d).length));
  return DELIMITERS.reduce((best, d) => (widest(d) > widest(best) ? d : best), ",");
}

/* {layout, part, delimiter, skip, header, columns: {canonical: field index}} or, where no layout fits, layout null. */
export function recognize(text, plan) {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/).slice(0, LINES);
  const delimiter = delimiterOf(lines);
  const rows = lines.map((line) => fields(line, delimiter));
  const coded = plan.layouts.find((l) => l.header === "no" && l.code === rows[0][0]);
  if (coded) return { ...found(coded, delimiter, -1, [], byNumber(coded, plan)), width: rows[0].length };
  let best = null;
  for (let i = 0; i < rows.length && !best; i += 1) best = bestAt(rows[i], i, delimiter, plan);
  if (best) return best;
  const at = rows.findIndex((row) => row.filter(Boolean).length > 1);
  const header = at < 0 ? [] : rows[at];
  return { layout: null, part: null, delimiter, skip: at + 1, header, columns: {}, width: header.length };
}

function bestAt(row, i, delimiter, plan) {
  const fitting = plan.layouts
    .filter((l) => l.header === "yes")
    .map((l) => found(l, delimiter, i, row, byName(l, row, plan)))
    .filter((f) => f.columns);
  const most = (f) => Object.keys(f.columns).length;
  return fitting.reduce((best, f) => (!best || most(f) > most(best) ? f : best), null);
}

function found(layout, delimiter, at, header, columns) {
  return { layout, part: layout.part, delimiter, skip: at + 1, header, columns, width: header.length };
}

function byNumber(layout, plan) {
  const out = {};
  for (const c of plan.layout_columns) if (c.layout === layout.layout) out[c.column] = Number(c.source) - 1;
  return out;
}

/* null where a required column is not in the header. */
function byName(layout, header, plan) {
  const names = header.map(plain);
  const out = {};
  for (const c of plan.layout_columns) {
    if (c.layout !== layout.layout) continue;
    const at = c.source.split("|").map((source) => names.indexOf(plain(source))).find((i) => i >= 0);
    if (at !== undefined) out[c.column] = at;
    else if (c.required === "yes") return null;
  }
  return out;
}

/* For each column of a part the header's column that it is likely to be, by the names that other systems use. */
export function suggested(part, header, plan) {
  const names = header.map(plain);
  const taken = new Set();
  const out = {};
  for (const c of plan.feeds.filter((f) => f.part === part)) {
    const known = [c.column, c.title, ...c.also.split("|")].filter(Boolean).map(plain);
    const at = known.map((name) => names.indexOf(name)).find((i) => i >= 0 && !taken.has(i));
    if (at === undefined) continue;
    taken.add(at);
    out[c.column] = at;
  }
  return out;
}
