/* Which district, which school year, up to which month: the files' own answers first, the reader's where they differ. */
import { choice, fresh, h, monthName, said, title } from "./page.js";

/* about: {lea, year, through, place}; found: {lea, year, last_month} of the rows. Whose they are is asked where the
   rows do not say it, and never taken from the page: one district's rows must not stand under another. A month
   counts when it is over. */
export function byDefault(about, found, today) {
  const lea = about.lea ?? found.lea ?? undefined;
  const over = before(Number(today.slice(0, 4)) * 100 + Number(today.slice(5, 7)));
  const year = about.year ?? found.year ?? yearOf(over);
  const last = Math.min(found.last_month ?? over, over, year * 100 + 6);
  const through = about.through && yearOf(about.through) === year ? about.through : Math.max(last, (year - 1) * 100 + 7);
  return { ...about, lea, year, through, over };
}

export function yearOf(month) {
  return Math.floor(month / 100) + (month % 100 >= 7 ? 1 : 0);
}

function before(month) {
  return month % 100 === 1 ? month - 89 : month - 1;
}

function monthsOf(year, over) {
  const out = [];
  for (let m = 7; m <= 18; m += 1) {
    const month = m <= 12 ? (year - 1) * 100 + m : year * 100 + m - 12;
    if (month <= over) out.push(month);
  }
  return out;
}

function yearName(year) {
  return `${year - 1}–${String(year).slice(2)}`;
}

/* The three choices and the button. `name`: the district's, where it is known; `done` gets what was chosen. */
export function asked(about, name, label, done) {
  const chosen = { ...about };
  const id = fresh("drop-district");
  const list = h("datalist", { id: `${id}-list` });
  const input = h("input", { id, type: "text", value: name ? `${name} (${about.lea})` : about.lea ?? "", list: list.id, autocomplete: "off", "aria-describedby": `${id}-hint` });
  input.addEventListener("input", () => offer(input.value, list));
  const hint = h("span", { class: "hint", id: `${id}-hint` }, said("district_hint"));
  const district = h("div", { class: "filter wide" }, h("label", { for: id }, said("district")), input, list, hint);
  const through = h("div");
  const months = () => through.replaceChildren(choice(said("through"), monthsOf(chosen.year, about.over).map((m) => [String(m), monthName(m)]),
    String(chosen.through), (v) => { chosen.through = Number(v); }, said("through_hint")));
  const years = [0, 1, 2].map((back) => yearOf(about.over) - back);
  const year = choice(said("year"), years.map((y) => [String(y), yearName(y)]), String(chosen.year), (v) => {
    chosen.year = Number(v);
    chosen.through = monthsOf(chosen.year, about.over).at(-1);
    months();
  });
  months();
  const told = h("p", { role: "status", class: "drop-said" });
  const given = (event) => {
    event.preventDefault();
    const lea = /\d{7}/.exec(input.value)?.[0];
    if (lea) done({ ...chosen, lea });
    else {
      told.textContent = said("district_unknown");
      input.focus();
    }
  };
  const press = h("button", { type: "submit", class: "act" }, said(label));
  const picks = h("div", { class: "drop-picks" }, district, year, through);
  const form = h("form", { onsubmit: given }, picks, h("p", { class: "drop-row" }, press), told);
  return h("section", { class: "drop-part" }, title("about_title"), form);
}

/* Names of districts come from the site's own search: what is typed here is a public name or code. */
async function offer(text, list) {
  if (text.trim().length < 3 || /\(\d{7}\)$/.test(text)) return;
  const found = await fetch(`/search?q=${encodeURIComponent(text.trim())}`).then((a) => (a.ok ? a.json() : [])).catch(() => []);
  const districts = found.filter((place) => place.level === "district");
  list.replaceChildren(...districts.map((d) => h("option", { value: `${d.name} (${d.entity.slice(0, 7)})` })));
}
