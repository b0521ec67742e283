/* The check-up on the page: what was repaired, what needs a person, and the list to take away. Rows are shown only here. */
import { button, csv, download, h, said, table, title } from "./page.js";

const SECTIONS = [
  ["stop", "checkup_stop", "checkup_stop_about"],
  ["person", "checkup_person", "checkup_person_about"],
  ["repaired", "checkup_repaired", "checkup_repaired_about"],
  ["note", "checkup_note", "checkup_note_about"],
];

/* results: [{rule, count, rows: [{file, record, value}], examples}]; files by number from 1. */
export function checkup(results, files) {
  const parts = [title("checkup_title")];
  if (!results.length) parts.push(h("p", {}, said("checkup_clean")));
  for (const [severity, name, about] of SECTIONS) {
    const some = results.filter((r) => r.rule.severity === severity);
    if (some.length) parts.push(h("h4", {}, said(name)), h("p", { class: "hint" }, said(about)), findings(some, name, files));
  }
  if (results.length) {
    const press = button(said("fix_list"), () => take(results, files), "plain");
    parts.push(h("p", { class: "drop-row" }, press, h("span", { class: "hint" }, said("fix_list_about"))));
  }
  return h("section", { class: "drop-part plain", "data-next": true }, parts);
}

export function stopped(results) {
  return results.some((r) => r.rule.severity === "stop");
}

/* A rule's sentence for one record. */
export function sentence(rule, row, count) {
  const value = row.value === null || row.value === undefined || row.value === "" ? said("blank") : row.value;
  const record = row.record === null || row.record === undefined ? "?" : row.record.toLocaleString("en-US");
  const values = { value, record, column: rule.column, count: count.toLocaleString("en-US") };
  return rule.sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

function findings(results, name, files) {
  const columns = [{ label: said("column_found") }, { label: said("column_count"), number: true }, { label: said("column_where") }];
  const rows = results.map((r) => {
    const first = r.examples[0] ?? {};
    const way = r.rule.way_out;
    return [[sentence(r.rule, first, r.count), way ? h("span", { class: "way-out" }, way) : null], r.count.toLocaleString("en-US"), where(r, files)];
  });
  return table(said(name), columns, rows, { quiet: true });
}

function where(result, files) {
  const items = result.examples.map((row) => h("li", {}, line(row, result.rule, files)));
  const rest = result.count - items.length;
  if (rest > 0) items.push(h("li", {}, said("more_records", { n: rest })));
  const list = h("ul", { class: "places" }, items);
  return items.length < 2 ? list : h("details", { class: "fold" }, h("summary", {}, said("show_records")), list);
}

function line(row, rule, files) {
  const file = files[row.file - 1]?.name ?? "";
  const values = { file, record: row.record, column: columnOf(rule, files[row.file - 1]), value: row.value || said("blank") };
  if (row.record === null || row.record === undefined) return file;
  return said(rule.column ? "record_value" : "record_only", values);
}

/* The column that a rule is about, under the file's own name for it where it has one. */
function columnOf(rule, file) {
  const at = file?.recognized.columns[rule.column];
  return file?.recognized.header[at] ?? rule.column;
}

/* The columns and order of data/local/fixlist.py. Notes are left out: nothing has to be done about them. */
function take(results, files) {
  const head = ["file", "record", "column", "value", "kind", "rule", "what", "way_out"];
  const body = results.filter((r) => r.rule.severity !== "note").flatMap(({ rule, rows, count }) => rows.map((row) => {
    const file = files[row.file - 1];
    return [file?.name, row.record, columnOf(rule, file), row.value, rule.severity, rule.id, sentence(rule, row, count), rule.way_out];
  }));
  download("fix-list.csv", csv([head, ...body]), "text/csv;charset=utf-8");
}
