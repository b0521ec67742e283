/* The figures of one place from the engine's own counts: exact for the person who holds the files, beside what would be published.
   They live in this page until it is left. */
import { choice, h, said, table, title } from "./page.js";

const ALL = "TA";

/* counts, cells: columns of `counts` and of the travel document; tables: the plan's reference tables; names as in preview.js. */
export function exact(counts, cells, tables, names, through) {
  const own = keyed(counts);
  const sent = keyed(cells);
  const places = [...new Set(counts.entity)].sort((a, b) => order(a).localeCompare(order(b)));
  const box = h("div", { "aria-live": "polite" });
  const chosen = { place: places[0], group: ALL };
  const picks = h("div", { class: "drop-picks" });
  const show = () => box.replaceChildren(figures(own, sent, tables, chosen, through, names));
  const pick = () => {
    const groups = groupsOf(counts, chosen.place);
    if (!groups.includes(chosen.group)) chosen.group = ALL;
    return choice(said("choose_group"), groups.map((g) => [g, names.groups[g] ?? g]), chosen.group, (v) => { chosen.group = v; show(); });
  };
  const place = choice(said("choose_place"), places.map((p) => [p, names.places[p] ?? p]), chosen.place, (v) => {
    chosen.place = v;
    picks.replaceChild(pick(), picks.lastChild);
    show();
  });
  picks.append(place, pick());
  show();
  return h("section", { class: "drop-part plain" }, title("exact_title"), h("p", {}, said("exact_about")), picks, box);
}

/* Districts before their schools. */
function order(entity) {
  return (entity.endsWith("0000000") ? "0" : "1") + entity;
}

function groupsOf(counts, place) {
  const found = new Set();
  counts.entity.forEach((entity, i) => entity === place && found.add(counts.student_group[i]));
  return [...found].sort((a, b) => (a === ALL ? -1 : b === ALL ? 1 : a.localeCompare(b)));
}

function key(...parts) {
  return parts.join("|");
}

function keyed(columns) {
  const out = new Map();
  columns.value.forEach((value, i) => {
    const { fact, entity, month, span, service, student_group: group, band } = columns;
    out.set(key(fact[i], entity[i], month[i], span[i], service[i], group[i], band[i]), value);
  });
  return out;
}

function figures(own, sent, tables, chosen, through, names) {
  const [rows, banded] = [[], []];
  for (const measure of tables.measures) {
    const fact = tables.facts.find((f) => f.fact === measure.numerator);
    const into = fact.bands ? banded : rows;
    // Days are counted in tenths.
    const unit = fact.kind === "days" ? 10 : 1;
    const at = (name, service, band) => key(name, chosen.place, through, measure.span, service, chosen.group, band);
    for (const [label, numerator, denominator] of parts(measure, fact, at, tables)) {
      const whole = denominator === null ? null : own.get(denominator);
      if (!own.has(numerator) || whole === undefined || (fact.bands && !whole)) continue;
      const seen = denominator === null ? null : sent.get(denominator) ?? undefined;
      into.push([label, printed(own.get(numerator), whole, unit), published(sent.get(numerator), seen, unit)]);
    }
  }
  if (!rows.length && !banded.length) return h("p", {}, said("exact_none"));
  const columns = [{ label: said("column_measure") }, { label: said("column_exact") }, { label: said("column_published") }];
  const place = names.places[chosen.place] ?? chosen.place;
  const bands = banded.length ? folded(table(said("bands_caption", { place }), columns, banded)) : null;
  return h("div", {}, table(said("exact_caption", { place }), columns, rows), bands);
}

function folded(inside) {
  return h("details", { class: "fold" }, h("summary", {}, said("bands_open")), inside);
}

/* [label, key of the numerator, key of the denominator or null] for each line of a measure. */
function parts(measure, fact, at, tables) {
  if (measure.unit === "ratio") return [];
  if (measure.unit === "count") return [[measure.title, at(fact.fact, "all", "all"), null]];
  if (!fact.bands) return [[measure.title, at(fact.fact, "all", "all"), at(measure.denominator, "all", "all")]];
  const services = fact.services.includes("pillars") ? ["PIL1", "PIL2", "PIL3", "PIL4"] : ["all"];
  const bands = tables.bands.filter((b) => b.bands === fact.bands);
  return services.flatMap((service) => bands.map((band) => {
    const title = service === "all" ? measure.title : said("measure_pillar", { measure: measure.title, pillar: said(`pillar_${service.slice(3)}`) });
    return [said("measure_band", { measure: title, band: band.label }), at(fact.fact, service, band.band), at(measure.denominator, service, "all")];
  }));
}

function printed(value, whole, unit) {
  if (whole === null) return value.toLocaleString("en-US");
  if (!whole) return said("none_of_none");
  const percent = (Math.round((1000 * value) / whole) / 10).toFixed(1);
  return said("share", { percent, value: value / unit, whole: whole / unit });
}

/* Counts are rounded up or down to a ten by the server's secret, and what comes out as ten is withheld there: both ways are said,
   since this page cannot know which. `whole` null: a count that is no share. */
function published(value, whole, unit) {
  const hidden = (n) => n === null || n === undefined;
  if (whole === null && !hidden(value)) return value.toLocaleString("en-US");
  if (hidden(value) || hidden(whole)) return said("withheld");
  return said("rounded_share", { value: tens(value / unit), whole: tens(whole / unit) });
}

function tens(value) {
  const low = Math.floor(value / 10) * 10;
  const words = (n) => n.toLocaleString("en-US");
  if (low === value) return words(value);
  return said("one_or_other", { low: low === 10 ? said("withheld") : words(low), high: words(low + 10) });
}
