/* Exactly what would leave the computer: the travel document as tables for reading and as the text that is sent. */
import { button, download, fresh, h, monthName, said, table, title } from "./page.js";

const PAGE = 100;
const KEYS = ["fact", "level", "entity", "month", "span", "service", "student_group", "band", "value"];

/* names: {facts, places, services, groups, bands} from a code to the words for it. */
export function preview(travel, names) {
  const cells = travel.cells;
  const total = cells.value.length;
  const hidden = cells.value.filter((v) => v === null).length;
  const about = said("preview_about", { n: total, hidden, size: Math.ceil(JSON.stringify(travel).length / 1024) });
  return h("section", { class: "drop-part" }, title("preview_title"), h("p", {}, about), files(travel, names),
    summary(cells, names), every(cells, names), raw(travel));
}

function files(travel, names) {
  const columns = [{ label: said("column_layout") }, { label: said("column_records_up"), number: true }, { label: said("column_hash") }];
  const rows = travel.files.map((f) => [names.layouts[f.layout], f.rows.toLocaleString("en-US"), h("span", { class: "code" }, f.sha256)]);
  return table(said("preview_files"), columns, rows);
}

function summary(cells, names) {
  const counts = new Map();
  cells.fact.forEach((fact, i) => {
    const [all, hidden] = counts.get(fact) ?? [0, 0];
    counts.set(fact, [all + 1, hidden + (cells.value[i] === null ? 1 : 0)]);
  });
  const columns = [{ label: said("column_fact") }, { label: said("column_cells"), number: true }, { label: said("column_hidden"), number: true }];
  const facts = Object.keys(names.facts);
  const rows = [...counts].sort(([a], [b]) => facts.indexOf(a) - facts.indexOf(b)).map(([fact, pair]) => [names.facts[fact] ?? fact, ...pair.map((n) => n.toLocaleString("en-US"))]);
  return table(said("preview_summary"), columns, rows);
}

function every(cells, names) {
  const box = h("div");
  const kinds = { fact: names.facts, entity: names.places, service: names.services, student_group: names.groups, band: names.bands };
  const columns = KEYS.map((key) => ({ label: said(`key_${key}`), number: key === "value" }));
  const word = (key, i) => {
    const value = cells[key][i];
    if (key === "value" && names.days.has(cells.fact[i]) && value !== null) return said("in_days", { n: value / 10 });
    if (key === "value") return value === null ? said("hidden") : value.toLocaleString("en-US");
    if (key === "month") return monthName(value);
    return kinds[key] ? kinds[key][value] ?? value : said(`is_${value}`);
  };
  let at = 0;
  const show = (to) => {
    at = to;
    const end = Math.min(at + PAGE, cells.value.length);
    const rows = [];
    for (let i = at; i < end; i += 1) rows.push(KEYS.map((key) => word(key, i)));
    const where = h("span", { role: "status" }, said("rows_to", { first: at + 1, last: end, n: cells.value.length }));
    const back = button(said("previous"), () => at > 0 && move(at - PAGE, 0), "plain");
    const forth = button(said("next"), () => end < cells.value.length && move(end, 1), "plain");
    back.setAttribute("aria-disabled", String(at === 0));
    forth.setAttribute("aria-disabled", String(end === cells.value.length));
    box.replaceChildren(table(said("preview_every"), columns, rows, { tall: true }), h("p", { class: "pages" }, where, back, forth));
  };
  const move = (to, pressed) => {
    show(to);
    box.querySelectorAll("button")[pressed].focus();
  };
  return folded(said("preview_every_open"), box, () => show(0));
}

function raw(travel) {
  const box = h("div");
  const fill = () => {
    const text = JSON.stringify(travel);
    const id = fresh("drop-raw");
    const label = said("preview_raw_label");
    box.replaceChildren(h("pre", { id, class: "drop-raw", tabindex: "0", role: "region", "aria-label": label }, text),
      h("p", {}, button(said("preview_save"), () => download("what-would-leave.json", text, "application/json"), "plain")));
  };
  return folded(said("preview_raw"), box, fill);
}

/* Filled when it is first opened: thousands of cells are work. */
function folded(summary, box, fill) {
  const made = h("details", { class: "fold" }, h("summary", {}, summary), box);
  made.addEventListener("toggle", () => made.open && !box.firstChild && fill());
  return made;
}
