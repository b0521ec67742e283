/* The plan's steps 4 and 5 over loaded files: clean, typed, check-up, counts, and what of them may travel. */
import { bound } from "./duck.js";

const EXAMPLES = 5;
const LISTED = 5000;
const CELLS = ["fact", "level", "entity", "month", "span", "service", "student_group", "band", "value"];

/* values: {year, through, today, lea, salt}; parts: of which the files have records; progress(name, values) is told what happens. */
export async function everything(duck, plan, values, parts, findings, progress) {
  const ask = (sql) => bound(sql, values);
  for (const step of plan.clean) await duck.run(ask(parts.has(step.part) ? step.sql : step.empty));
  for (const { sql } of plan.typed) await duck.run(ask(sql));
  progress("counting", { n: plan.rules.length });
  const results = [...findings, ...(await checked(duck, plan, parts, ask))];
  const unmapped = await unknownCodes(duck, plan, parts);
  const coverage = await duck.rows(ask(plan.coverage));
  progress("adding_up");
  for (const { name, sql } of plan.rollups) await duck.run(made(name, ask(sql)));
  await duck.run(made("travel", ask(plan.hide)));
  const order = "order by level, entity, month, fact, span, service, student_group, band";
  const listed = CELLS.map((c) => (c === "value" ? "cast(value as bigint) as value" : c)).join(", ");
  const counts = await duck.columns(`select ${listed} from counts ${order}`);
  const cells = await duck.columns(`select ${listed} from travel ${order}`);
  const partners = await duck.rows("select distinct name, school, pillar from partners where pillar is not null order by all");
  return { results, unmapped, coverage, counts, cells, partners };
}

/* A file of SQL that is one SELECT becomes a table of its name; one that creates its tables itself runs as it is. */
function made(name, sql) {
  const body = sql.replace(/^(\s*--[^\n]*\n)+/, "").trimStart().toLowerCase();
  return /^(select|with|from)\b/.test(body) ? `create table ${name} as ${sql}` : sql;
}

async function checked(duck, plan, parts, ask) {
  const results = [];
  const rules = new Map(plan.rules.map((r) => [r.id, r]));
  for (const { part, sql } of plan.counts.filter((c) => parts.has(c.part))) {
    const [row] = await duck.rows(ask(sql));
    for (const [id, count] of Object.entries(row)) {
      if (count) results.push(await finding(duck, rules.get(id), ask(rules.get(id).examples[part]), part, count));
    }
  }
  for (const rule of plan.rules.filter((r) => r.scope === "whole")) {
    const sql = ask(rule.sql);
    const [{ n }] = await duck.rows(`select count(*)::bigint as n from (${sql}) as found`);
    if (n) results.push(await finding(duck, rule, sql, rule.part, n));
  }
  return results;
}

async function finding(duck, rule, sql, part, count) {
  const rows = await duck.rows(`select file, record, cast(value as varchar) as value from (${sql}) as found limit ${LISTED}`);
  return { rule, part, count, rows, examples: rows.slice(0, EXAMPLES) };
}

/* Codes of the files that no map knows: [{map, column, title, value, n}], the most frequent first. */
async function unknownCodes(duck, plan, parts) {
  const out = [];
  for (const c of plan.feeds.filter((f) => parts.has(f.part))) {
    const map = c.kind === "school" ? "school" : c.map;
    if (!map) continue;
    const sql = `select trim(${c.column}_text) as value, count(*)::bigint as n from clean_${c.part}
      where ${c.column} is null and trim(${c.column}_text) <> '' group by 1 order by n desc, value limit 40`;
    for (const row of await duck.rows(sql)) out.push({ map, column: c.column, title: c.title, ...row });
  }
  return out;
}
