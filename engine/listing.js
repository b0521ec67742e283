/* The chosen files as a table, and what could not be read. */
import { button, h, said, table, title } from "./page.js";

export function listing(files, troubles, remove) {
  const parts = troubles.map((sentence) => h("p", { class: "note", role: "note" }, sentence));
  if (!files.length) return parts;
  const columns = [{ label: said("column_file") }, { label: said("column_layout") }, { label: said("column_records"), number: true }, { label: said("column_remove") }];
  const rows = files.map((file) => {
    const out = button(said("remove_short"), () => remove(file), "plain");
    out.setAttribute("aria-label", said("remove", { file: file.name }));
    return [file.name, layoutOf(file), file.rows === undefined ? "–" : file.rows.toLocaleString("en-US"), out];
  });
  return [...parts, h("section", { class: "drop-part plain" }, title("files_title"), table(said("files_caption"), columns, rows))];
}

export function layoutOf(file) {
  const { layout, part } = file.recognized;
  if (layout) return layout.title;
  if (!part) return said("not_known");
  return said(file.saved ? "saved_columns" : "own_columns", { part: said(`part_${part}`) });
}
