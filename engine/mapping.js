/* A file of unknown layout: the reader says what a row is and which column holds what. Kept by district and header. */
import { button, choice, h, said, title } from "./page.js";
import { suggested } from "./recognize.js";

const NONE = "";

/* `done` gets {part, feed, columns: {canonical: field from 0}}. */
export function mapping(file, plan, done) {
  const { header, near } = file.recognized;
  const parts = [...new Set(plan.feeds.map((f) => f.part))];
  let part = likeliest(parts, header, plan);
  let columns = suggested(part, header, plan);
  const picks = h("div", { class: "drop-picks" });
  const told = h("p", { role: "status", class: "drop-said" });
  const show = () => {
    const options = [[NONE, said("mapping_none")], ...header.map((name, i) => [String(i), name || `(${i + 1})`])];
    picks.replaceChildren(...plan.feeds.filter((f) => f.part === part).map((f) => {
      const look = h("span", { class: "hint", "aria-live": "polite" }, seen(file.samples[columns[f.column]]));
      const label = f.required === "yes" ? said("mapping_required", { column: f.title }) : f.title;
      const pick = choice(label, options, String(columns[f.column] ?? NONE), (v) => {
        if (v === NONE) delete columns[f.column];
        else columns[f.column] = Number(v);
        look.textContent = seen(file.samples[columns[f.column]]);
      }, f.about);
      pick.append(look);
      return pick;
    }));
  };
  const kind = choice(said("mapping_part"), parts.map((p) => [p, said(`part_${p}`)]), part, (v) => {
    part = v;
    columns = suggested(part, header, plan);
    show();
  });
  const use = () => {
    const titles = Object.fromEntries(plan.feeds.filter((f) => f.part === part).map((f) => [f.column, f.title]));
    const missing = needed(part, plan).filter((oneOf) => !oneOf.some((c) => c in columns));
    const names = missing.map((oneOf) => oneOf.map((c) => titles[c]).reduce((one, other) => said("mapping_either", { one, other })));
    if (missing.length) told.textContent = said("mapping_missing", { columns: names.join("; ") });
    else done({ part, feed: plan.feeds.find((f) => f.part === part).feed, columns });
  };
  show();
  const about = near ? said("mapping_near", { near }) : said("mapping_about");
  const press = h("p", { class: "drop-row" }, button(said("mapping_use"), use));
  return h("section", { class: "drop-part", "data-next": true }, title("mapping_title", { file: file.name }), h("p", {}, about),
    h("p", {}, said("mapping_kept")), h("p", { class: "hint" }, said("mapping_samples")), kind, picks, press, told);
}

/* What stands in the chosen column, for the eyes of the person who chooses. */
function seen(values) {
  if (!values) return "";
  return values.length ? said("mapping_sample", { values: values.join(" · ") }) : said("mapping_sample_none");
}

/* Columns of which a part needs at least one each, as data/local/mapping.py asks for them. */
function needed(part, plan) {
  const alone = plan.feeds.filter((f) => f.part === part && f.required === "yes").map((f) => [f.column]);
  return alone.concat(plan.needed.filter((n) => n.part === part).map((n) => n.one_of.split("|")));
}

function likeliest(parts, header, plan) {
  const score = (part) => {
    const found = suggested(part, header, plan);
    const whole = needed(part, plan).every((oneOf) => oneOf.some((c) => c in found));
    return Object.keys(found).length + (whole ? 0.5 : 0);
  };
  return parts.reduce((best, part) => (score(part) > score(best) ? part : best));
}
