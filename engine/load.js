/* Files into the engine's text tables, as plan.py's steps 1 to 3 say. */
import { bound, quoted } from "./duck.js";

/* A file that cannot be used: the rule of scope `file` that says why. */
export class BadFile extends Error {
  constructor(rule, values = {}) {
    super(rule);
    this.rule = rule;
    this.values = values;
  }
}

export async function tables(duck, plan) {
  for (const { sql } of plan.setup) await duck.run(sql);
  for (const [name, rows] of Object.entries(plan.tables)) await make(duck, name, rows);
}

/* What differs by district: the meaning of codes, its own before the plan's, and its schools (none: any school is believed). */
export async function ofDistrict(duck, plan, schools, ownCodes) {
  const own = new Map(ownCodes.map((c) => [key(c), c]));
  const codes = [...plan.code_maps.filter((c) => !own.has(key(c))), ...ownCodes];
  await make(duck, "codes", codes.map((c) => ({ map: c.map, value: c.value.trim().toLowerCase(), code: c.code })), ["map", "value", "code"]);
  await make(duck, "schools", schools.map((school) => ({ school })), ["school"]);
}

function key(code) {
  return `${code.map}|${code.value.trim().toLowerCase()}`;
}

/* A small table of text. */
async function make(duck, name, rows, columns = Object.keys(rows[0])) {
  await duck.run(`create table ${name} (${columns.map((c) => `"${c}" varchar`).join(", ")})`);
  const line = (row) => `(${columns.map((c) => quoted(row[c] ?? "")).join(", ")})`;
  for (let at = 0; at < rows.length; at += 1000) {
    await duck.run(`insert into ${name} values ${rows.slice(at, at + 1000).map(line).join(", ")}`);
  }
}

/* One file into raw_<part>. Returns its number of records. Raises BadFile "ragged" or "no_rows". Rows of another width are put
   aside by the engine and refuse the file: what is cut wrongly must not be counted. */
export async function load(duck, file, number) {
  const { part, columns } = file.recognized;
  const from = Object.fromEntries(Object.entries(columns).map(([column, at]) => [column, `f${at}`]));
  const day = asOf(file);
  if (day) from.as_of = quoted(day);
  const [into, chosen] = [Object.keys(from).join(", "), Object.values(from).join(", ")];
  await duck.run(`insert into raw_${part} (file, record, ${into}) select ${number}, row_number() over (), ${chosen} from ${csv(file)}`);
  const [bad] = await duck.rows("select count(distinct line)::bigint as count, min(line)::bigint as record from reject_errors");
  await duck.run("drop table reject_errors");
  await duck.run("drop table reject_scans");
  if (bad.count) {
    await duck.run(`delete from raw_${part} where file = ${number}`);
    throw new BadFile("ragged", bad);
  }
  const [{ n }] = await duck.rows(`select count(*)::bigint as n from raw_${part} where file = ${number}`);
  if (!n) throw new BadFile("no_rows");
  return n;
}

/* The day of a snapshot as its file's name tells it (…_20260227.csv), where the layout has no column for it; as data/local/load.py
   has it. */
function asOf({ name, recognized: { part, columns } }) {
  if (part !== "attendance" || "as_of" in columns || "month" in columns) return "";
  const stem = name.replace(/(.)\.[^.]*$/, "$1");
  const days = [...stem.matchAll(/(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)/g)];
  return days.length ? days.at(-1).slice(1).join("-") : "";
}

/* Every field text, nothing guessed, blanks as they are; in the words of data/local/load.py. */
function csv(file) {
  const { width, delimiter, skip } = file.recognized;
  const quote = quoted(delimiter === "^" ? "" : '"');
  const names = Array.from({ length: width }, (_, i) => `'f${i}': 'VARCHAR'`).join(", ");
  return `read_csv(${quoted(file.handle)}, auto_detect = false, header = false, skip = ${skip}, delim = ${quoted(delimiter)}, ` +
    `quote = ${quote}, escape = ${quote}, nullstr = '\x01', columns = {${names}}, store_rejects = true, max_line_size = 1000000)`;
}

/* {lea, year, last_month} as the rows themselves say. */
export async function span(duck, plan, today) {
  return (await duck.rows(bound(plan.span, { today: { date: today } })))[0];
}
