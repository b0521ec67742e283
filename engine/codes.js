/* Codes that only this district uses: what each means, from the listed meanings. */
import { button, choice, h, said, title } from "./page.js";

const NONE = "";

/* unmapped: [{map, column, title, value, n}]; `done` gets [{map, value, code}]. */
export function codes(unmapped, plan, names, own, done) {
  const key = (map, value) => `${map}|${value.toLowerCase()}`;
  const chosen = new Map(own.map((c) => [key(c.map, c.value), c]));
  const picks = unmapped.map(({ map, title, value, n }) => {
    const meanings = map === "school" ? Object.entries(names.places) : [...meaningsOf(plan, map)].map((code) => [code, names.code(map, code)]);
    const now = chosen.get(key(map, value))?.code ?? NONE;
    return choice(said("codes_label", { column: title, value }), [[NONE, said("codes_none")], ...meanings], now, (code) => {
      if (code === NONE) chosen.delete(key(map, value));
      else chosen.set(key(map, value), { map, value: value.toLowerCase(), code });
    }, said("codes_rows", { n }));
  });
  const use = button(said("codes_use"), () => done([...chosen.values()]));
  const heading = title("codes_title");
  return h("section", { class: "drop-part", "data-next": true }, heading, h("p", {}, said("codes_about")), h("div", { class: "drop-picks" }, picks), h("p", { class: "drop-row" }, use));
}

function meaningsOf(plan, map) {
  return new Set(plan.code_maps.filter((c) => c.map === map).map((c) => c.code));
}
