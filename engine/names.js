/* Words for the codes of the plan's tables and for the places of a district; `days`: the facts that are counted in tenths of days. */
import { said } from "./page.js";

export function named(plan, places) {
  const by = (rows, key, word) => Object.fromEntries((rows ?? []).map((row) => [row[key], row[word]]));
  const { facts, bands, service_categories: services } = plan.tables;
  const kinds = by(services, "category", "title");
  const pillars = Object.fromEntries([1, 2, 3, 4].map((n) => [`PIL${n}`, said(`pillar_${n}`)]));
  const groups = Object.fromEntries(["TA", ...plan.tables.groups.map((g) => g.student_group)].map((g) => [g, said(`group_${g}`)]));
  const known = by(places.schools, "entity", "name");
  if (places.entity) known[places.entity] = places.name;
  return {
    facts: by(facts, "fact", "about"),
    days: new Set(facts.filter((f) => f.kind === "days").map((f) => f.fact)),
    layouts: { ...by(plan.layouts, "layout", "title"), mapped: said("layout_mapped") },
    bands: { ...by(bands, "band", "label"), all: said("is_all") },
    services: { ...kinds, ...pillars, all: said("is_all") },
    groups,
    places: known,
    code: (map, code) => kinds[code] ?? pillars[code] ?? groups[code] ?? said(`code_${map}_${code}`),
  };
}
