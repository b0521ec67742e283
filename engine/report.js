/* The check-up on the page: what was repaired, what needs a person, and the list to take away. Rows are shown only here. */
import { button, csv, download, h, said, table } from "./page.js";

const SECTIONS = [
  ["stop", "checkup_stop", "checkup_stop_about"],
  ["person", "checkup_person", "checkup_person_about"],
  ["repaired", "checkup_repaired", "checkup_repaired_about"],
  ["note", "checkup_note", "checkup_note_about"],
];

/* results: [{rule, count, rows: [{file, record, value}], examples}]; files by number from 1. */
export function checkup(results, files) {
  const parts = [h("h3", {}, said("checkup_title"))];
  if (!results.length) parts.push(h("p", {}, said("checkup_clean")));
  for (const [severity, title, about] of SECTIONS) {
    const some = results.filter((r) => r.rule.severity === severity);
    if (some.length) parts.push(h("p", { class: "hint" }, said(about)), findings(some, title, files));
  }
  if (results.length) {
    const press = button(said("fix_list"), () => take(results, files), "plain");
    parts.push(h("p", { class: "drop-row" }, press, h("span", { class: "hint" }, said("fix_list_about"))));
  }
  return h("section", { class: "drop-part" }, parts);
}

export function stopped(results) {
  return results.some((r) => r.rule.severity === "stop");
}

/* A rule's sentence for one record. */
export function sentence(rule, row, count) {
  const value = row.value === null || row.value === undefined || row.value === "" ? said("blank") : row.value;
  const values = { ...row, value, column: rule.column, count: count.toLocaleString("en-US") };
  return rule.sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

function findings(results, title, files) {
  const columns = [{ label: said("column_found") }, { label: said("column_count"), number: true }, { label: said("column_where") }];
  const rows = results.map((r) => {
    const first = r.examples[0] ?? {};
    const way = r.rule.way_out ? h("span", { class: "hint" }, r.rule.way_out) : null;
    return [[h("span", {}, sentence(r.rule, first, r.count)), way], r.count.toLocaleString("en-US"), where(r, files)];
  });
  return table(said(title), columns, rows);
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
  const values = { file, record: row.record, column: rule.column, value: row.value || said("blank") };
  if (row.record === null || row.record === undefined) return file;
  return said(rule.column ? "record_value" : "record_only", values);
}

function take(results, files) {
  const head = ["file", "record", "column", "value", "rule", "severity", "what", "way_out"];
  const body = results.flatMap(({ rule, rows, count }) => rows.map((row) =>
    [files[row.file - 1]?.name, row.record, rule.column, row.value, rule.id, rule.severity, sentence(rule, row, count), rule.way_out]));
  download("fix-list.csv", csv([head, ...body]), "text/csv;charset=utf-8");
}
