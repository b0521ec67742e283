/* Small pieces of a page: nodes, sentences, tables, downloads. Text is only ever set as text. */

let sentences = {};

export function speak(texts) {
  sentences = texts;
}

/* A sentence of components/drop_words.py with its values. One with two forms takes that of its number `n`. */
export function said(name, values = {}) {
  const found = sentences[name];
  const form = Array.isArray(found) ? found[values.n === 1 ? 0 : 1] : found;
  return (form ?? name).replace(/%\((\w+)\)s/g, (all, key) => {
    const value = values[key];
    return typeof value === "number" ? value.toLocaleString("en-US") : (value ?? all);
  });
}

/* h("p", {class: "hint"}, "text", node, [nodes]) */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

let count = 0;
export function fresh(stem) {
  count += 1;
  return `${stem}-${count}`;
}

/* A label and its select. options: [[value, text]]; `hint` is read with the label. */
export function choice(label, options, value, changed, hint = "") {
  const id = fresh("drop-choice");
  const note = hint ? h("span", { class: "hint", id: `${id}-hint` }, hint) : null;
  const select = h("select", { id, "aria-describedby": note ? note.id : null, onchange: () => changed(select.value) });
  for (const [key, text] of options) select.append(h("option", { value: key, selected: key === value }, text));
  return h("div", { class: "filter" }, h("label", { for: id }, label), select, note);
}

/* The heading of a part. Focus may be sent to it. */
export function title(name, values) {
  return h("h3", { tabindex: "-1" }, said(name, values));
}

/* A real table; its roles are written out, since on a phone its rows are cards (assets/look.css). columns: [{label, number}]; rows: lists of text or nodes; the first cell heads its row. `quiet`: the caption stands
   right above it as a heading already. */
export function table(caption, columns, rows, { tall = false, quiet = false } = {}) {
  const look = (c) => (c.number ? "number" : null);
  const head = columns.map((c) => h("th", { scope: "col", role: "columnheader", class: look(c) }, c.label));
  const cell = (inside, c, j) =>
    j === 0 ? h("th", { scope: "row", role: "rowheader" }, inside) : h("td", { role: "cell", class: look(c), "data-label": c.label }, inside);
  const body = rows.map((row) => h("tr", { role: "row" }, row.map((inside, j) => cell(inside, columns[j], j))));
  const named = h("caption", { class: quiet ? "unseen" : null }, caption);
  const top = h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head));
  const made = h("table", { role: "table" }, named, top, h("tbody", { role: "rowgroup" }, body));
  return h("div", { class: tall ? "scroll tall" : "scroll", tabindex: "0", role: "region", "aria-label": caption }, made);
}

export function button(text, pressed, look = "act") {
  return h("button", { type: "button", class: look, onclick: pressed }, text);
}

/* A cell that a spreadsheet would run is quoted: the rule of exports/csv. */
export function csv(rows) {
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    const safe = /^[\s]*[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/* A file made here, of text made here: nothing is asked of the server. */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type }));
  const link = h("a", { href: address, download: name, target: "_blank" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/* The day here, as 2026-03-05. */
export function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/* 202602 -> "February 2026", in the language of the page. */
export function monthName(month) {
  const day = new Date(Math.floor(month / 100), (month % 100) - 1, 1);
  return day.toLocaleDateString(document.documentElement.lang || "en", { month: "long", year: "numeric" });
}
