/* The check-up on the page: what was repaired, what needs a person, and the list to take away. Rows are shown only here. */
import { button, csv, download, h, said, table } from "./page.js";

const SHOWN = 5;

/* results: [{rule, severity ("repaired" | "person"), count, sentence, examples: [{file, record, column, value}]}] */
export function checkup(results, listed) {
  const person = results.filter((r) => r.severity !== "repaired");
  const repaired = results.filter((r) => r.severity === "repaired");
  const parts = [h("h3", {}, said("checkup_title"))];
  if (!results.length) parts.push(h("p", {}, said("checkup_clean")));
  if (person.length) parts.push(section("checkup_person", "checkup_person_about", person));
  if (repaired.length) parts.push(section("checkup_repaired", "checkup_repaired_about", repaired));
  if (results.length) parts.push(h("p", { class: "drop-row" }, button(said("fix_list"), async () => take(await listed()), "plain")));
  return h("section", { class: "drop-part" }, parts);
}

function section(title, about, results) {
  const columns = [{ label: said("column_found") }, { label: said("column_records"), number: true }, { label: said("column_where") }];
  const rows = results.map((r) => [r.sentence, r.count.toLocaleString("en-US"), where(r)]);
  return [h("p", { class: "hint" }, said(about)), table(said(title), columns, rows)];
}

function where(result) {
  const items = result.examples.slice(0, SHOWN).map((e) => h("li", {}, line(e)));
  const more = result.count > items.length ? h("li", {}, said("more_records", { n: result.count - items.length })) : null;
  if (!items.length) return "";
  const list = h("ul", { class: "places" }, items, more);
  return items.length === 1 && !more ? list : h("details", { class: "fold" }, h("summary", {}, said("show_records")), list);
}

function line(example) {
  const name = example.column ? "record_value" : "record_only";
  return said(name, { ...example, value: example.value === null || example.value === "" ? said("blank") : example.value });
}

/* rows: [{rule, severity, sentence, file, record, column, value}], as many as the engine gives for a list. */
function take(rows) {
  const head = ["rule", "severity", "what", "file", "record", "column", "value"];
  const body = rows.map((r) => [r.rule, r.severity, r.sentence, r.file, r.record, r.column, r.value]);
  download("fix-list.csv", csv([head, ...body]), "text/csv;charset=utf-8");
}
