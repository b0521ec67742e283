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

/* A real table. columns: [{label, number}]; rows: lists of text or nodes; the first cell heads its row. */
export function table(caption, columns, rows, tall = false) {
  const head = columns.map((c) => h("th", { scope: "col", class: c.number ? "number" : null }, c.label));
  const body = rows.map((row) =>
    h("tr", {}, row.map((cell, j) => {
      const look = columns[j].number ? "number" : null;
      return j === 0 ? h("th", { scope: "row", class: look }, cell) : h("td", { class: look, "data-label": columns[j].label }, cell);
    })),
  );
  const made = h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body));
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
