/* Which layout a file has: its delimiter, where its header stands, which column holds what. The same steps as data/local/files.py
   takes; a file that fits no layout is mapped by the reader (engine/mapping.js). */

const LINES = 40;
const DELIMITERS = ["^", "\t", ",", ";"];

/* Headers compare by their letters and digits. */
export function plain(name) {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/* The fields of one line. Carets are CALPADS' own and know no quotation marks. */
export function fields(line, delimiter) {
  if (delimiter === "^" || !line.includes('"')) return line.split(delimiter);
  const out = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i];
    if (quoted && c === '"' && line[i + 1] === '"') {
      field += '"';
      i += 1;
    } else if (c === '"' && (quoted || field === "")) quoted = !quoted;
    else if (c === delimiter && !quoted) {
      out.push(field);
      field = "";
    } else field += c;
  }
  return [...out, field];
}

/* The way to cut a line that gives most fields. */
function cut(line) {
  const ways = DELIMITERS.map((delimiter) => ({ delimiter, cells: fields(line, delimiter) }));
  return ways.reduce((best, way) => (way.cells.length > best.cells.length ? way : best));
}

/* {layout, part, feed, delimiter, skip, width, header, columns: {canonical: field from 0}, near}. Where no layout fits, `part` is
   null, the header is that of the first line that can be one, and `near` says of which layout columns are missing, if of any. */
export function recognize(text, plan) {
  const lines = text.replace(/^\ufeff/, "").split("\n").slice(0, LINES).map((line) => cut(line.replace(/\r+$/, "")));
  let near = { share: 0, sentence: "" };
  for (const [i, { delimiter, cells }] of lines.entries()) {
    const { best, nearest } = fits(cells, plan);
    if (best) return made(best, delimiter, i, cells);
    if (nearest.share > near.share) near = nearest;
  }
  const way = { layout: null, part: null, feed: null, columns: {}, near: near.share >= 0.6 ? near.sentence : "" };
  const filled = lines.map((line) => line.cells.filter((c) => c.trim()).length);
  const at = lines.findIndex((line, i) => filled[i] >= Math.max(2, 0.6 * Math.max(...filled)) && !line.cells.some(isValue));
  // Without a line that names the columns they have numbers: a row of a student is no header, and a header may be kept.
  const { delimiter, cells } = lines[Math.max(at, 0)];
  const header = at < 0 ? cells.map((_, n) => `Column ${n + 1}`) : cells.map((c) => c.trim());
  return { ...way, delimiter, skip: at + 1, width: cells.length, header };
}

const SAMPLES = 3;
const LONGEST = 30;

/* The first few different values of each column, for the person who maps it to look at: they are kept nowhere. */
export function samples(text, { delimiter, skip, width }) {
  const rows = text.split("\n").slice(skip, skip + LINES).map((line) => fields(line.replace(/\r+$/, ""), delimiter));
  return Array.from({ length: width }, (_, at) => {
    const values = new Set(rows.map((cells) => (cells[at] ?? "").trim()).filter(Boolean));
    return [...values].slice(0, SAMPLES).map((value) => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value));
  });
}

/* A number, a date or a key: what no header says (data/local/mapping.py has the same). */
function isValue(cell) {
  const text = cell.trim();
  return /^[-+]?[\d.,:/ -]*\d[\d.,:/ -]*$/.test(text) || /\d{5,}/.test(text) || /^\d{1,2}[-/ ][A-Za-z]{3,9}[-/ ]\d{2,4}$/.test(text);
}

function made({ layout, columns }, delimiter, at, cells) {
  const headed = layout.header === "yes";
  const header = headed ? cells.map((c) => c.trim()) : [];
  return { layout, part: layout.part, feed: layout.feed, delimiter, skip: at + (headed ? 1 : 0), width: cells.length, header, columns };
}

function fits(cells, plan) {
  const places = placesOf(cells);
  let best = null;
  let nearest = { share: 0, sentence: "" };
  for (const layout of plan.layouts) {
    const wanted = plan.layout_columns.filter((c) => c.layout === layout.layout);
    const { columns, missing } = layout.header === "no" ? byNumber(layout, wanted, cells) : byName(wanted, places);
    const found = Object.keys(columns).length;
    if (found && !missing.length && (!best || found > Object.keys(best.columns).length)) best = { layout, columns };
    const share = 1 - missing.length / wanted.filter((c) => c.required === "yes").length;
    if (found && missing.length && share > nearest.share) nearest = { share, sentence: `${layout.title} without ${missing.join(", ")}` };
  }
  return { best, nearest };
}

export function placesOf(cells) {
  const places = new Map();
  cells.forEach((cell, i) => places.has(plain(cell)) || places.set(plain(cell), i));
  return places;
}

function byNumber(layout, wanted, cells) {
  if (cells[0].trim() !== layout.code) return { columns: {}, missing: [] };
  const columns = Object.fromEntries(wanted.map((c) => [c.column, Number(c.source) - 1]));
  return { columns, missing: wanted.filter((c) => Number(c.source) > cells.length).map((c) => c.column) };
}

function byName(wanted, places) {
  const columns = {};
  const missing = [];
  for (const c of wanted) {
    const source = c.source.split("|").map(plain).find((name) => places.has(name));
    if (source !== undefined) columns[c.column] = places.get(source);
    else if (c.required === "yes") missing.push(c.source.split("|")[0]);
  }
  return { columns, missing };
}

/* For each column of a part the header's column that it is likely to be, by the names that other systems use. */
export function suggested(part, header, plan) {
  const feeds = plan.feeds.filter((f) => f.part === part);
  const words = (c) => [c.column, c.title, ...c.also.split("|")].filter(Boolean).map(plain);
  const out = {};
  for (const fits of [(w, name) => w === name, (w, name) => w.length >= 5 && name.includes(w)]) {
    for (const c of feeds) {
      header.forEach((name, i) => {
        if (c.column in out || Object.values(out).includes(i)) return;
        if (words(c).some((w) => fits(w, plain(name)))) out[c.column] = i;
      });
    }
  }
  return out;
}
