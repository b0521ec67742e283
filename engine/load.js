/* Files into the engine's text tables, as plan.py's steps 1 to 3 say. */
import { bound, quoted } from "./duck.js";

export class BadFile extends Error {
  constructor(kind, values) {
    super(kind);
    this.kind = kind;
    this.values = values;
  }
}

export async function tables(duck, plan, schools, ownCodes) {
  for (const { sql } of plan.setup) await duck.run(sql);
  for (const [name, rows] of Object.entries(plan.tables)) await make(duck, name, rows);
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

/* One file into raw_<part>. Returns its number of records. Raises BadFile "ragged" with the record where the fields do not add up. */
export async function load(duck, file, number) {
  const { recognized: how } = file;
  const names = Array.from({ length: how.width }, (_, i) => `c${i}`);
  const columns = Object.entries(how.columns);
  const quote = how.delimiter === "^" ? "" : '"';
  const read = `read_csv(${quoted(file.handle)}, auto_detect=false, header=false, delim=${quoted(how.delimiter)}, quote=${quoted(quote)}, ` +
    `escape=${quoted(quote)}, skip=${how.skip}, max_line_size=10000000, null_padding=false, strict_mode=true, ` +
    `columns={${names.map((n) => `${n}: 'varchar'`).join(", ")}})`;
  const into = columns.map(([name]) => name).join(", ");
  const from = columns.map(([, at]) => names[at]).join(", ");
  const before = await count(duck, how.part);
  try {
    await duck.run(`insert into raw_${how.part} (file, record, ${into}) select ${number}, row_number() over (), ${from} from ${read}`);
  } catch (error) {
    const line = /CSV Error on Line: (\d+)/.exec(error.message);
    const got = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(error.message);
    if (line && got) throw new BadFile("ragged", { record: Number(line[1]) - how.skip, expected: Number(got[1]), found: Number(got[2]) });
    throw new BadFile("unreadable", { record: line ? Number(line[1]) - how.skip : 0 });
  }
  return (await count(duck, how.part)) - before;
}

async function count(duck, part) {
  return (await duck.rows(`select count(*)::bigint as n from raw_${part}`))[0].n;
}

/* {lea, year, last_month} as the rows themselves say. */
export async function span(duck, plan, today) {
  return (await duck.rows(bound(plan.span, { today: { date: today } })))[0];
}
