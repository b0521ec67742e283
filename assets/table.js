/* Builds the table behind a figure from rows: a real table with caption and scopes, places as links. A button in each header
   sorts all rows; a long table comes in pages. Its texts stand at #said (components/shell.py). Text is only ever set as text. */
(function () {
  "use strict";
  var TALL = 28;
  var PAGED = 200;
  var PAGE = 100;
  var NUMBER = /[+−-]?\d[\d,]*(\.\d+)?/;
  var WAYS = { none: "ascending", ascending: "descending", descending: "none" };
  var LANGUAGE = document.documentElement.lang || undefined;
  var words = new Intl.Collator(LANGUAGE, { numeric: true });

  function make(tag, text, attributes) {
    var node = document.createElement(tag);
    if (text !== undefined && text !== null) node.textContent = text;
    Object.keys(attributes || {}).forEach(function (name) { if (attributes[name]) node.setAttribute(name, attributes[name]); });
    return node;
  }

  function text(name, values) {
    var said = document.getElementById("said").getAttribute("data-" + name) || "";
    return said.replace(/%\((\w+)\)s/g, function (_, key) { return values[key]; });
  }

  /* number: right-aligned; code: a hash or address that may break anywhere; short: never broken over lines. */
  function look(data, j) {
    var number = data.columns[j].kind === "number";
    var longest = 0;
    var word = 0;
    data.rows.forEach(function (row) {
      longest = Math.max(longest, row[j].length);
      row[j].split(/\s/).forEach(function (part) { word = Math.max(word, part.length); });
    });
    if (number) return longest > 12 ? "number short" : "number";
    return word > 30 ? "code" : j > 0 && longest <= 26 ? "short" : "";
  }

  /* The places of the rows in order of a column. What is withheld, not published or empty comes last either way. */
  function sorted(data, j, way) {
    var number = j >= 0 && data.columns[j].kind === "number";
    var keys = way === "none" ? [] : data.rows.map(function (row) {
      if (!number) return /[^–\s]/.test(row[j]) ? row[j] : null;
      var found = NUMBER.exec(row[j]);
      return found ? Number(found[0].replace("−", "-").replace(/,/g, "")) : null;
    });
    var all = data.rows.map(function (_, i) { return i; });
    return way === "none" ? all : all.sort(function (a, b) {
      if (keys[a] === null || keys[b] === null) return (keys[a] === null) - (keys[b] === null);
      var by = number ? keys[a] - keys[b] : words.compare(keys[a], keys[b]);
      return way === "descending" ? -by : by;
    });
  }

  /* Stacked tables (assets/look.css) lose what display: table says, so they say it in roles, and carry their labels. */
  function cell(data, i, j, looks, stacks) {
    var value = data.rows[i][j];
    var code = data.places[i];
    var link = data.columns[j].kind === "place" && window.rtac.isPlace(code);
    var node = make(j === 0 ? "th" : "td", link ? null : value, {
      scope: j === 0 && "row", class: looks[j], role: stacks && (j === 0 ? "rowheader" : "cell"),
      "data-label": stacks && data.columns[j].label,
    });
    if (link) node.appendChild(make("a", value, { href: window.rtac.placeHref(code) }));
    return node;
  }

  function header(column, name, stacks) {
    var node = make("th", null, { scope: "col", class: name, role: stacks && "columnheader", "aria-sort": "none" });
    node.appendChild(make("button", column.label, { type: "button" }));
    return node;
  }

  window.rtac = window.rtac || {};
  window.rtac.table = function (data, id) {
    var box = document.getElementById(id.replace(/-rows$/, "-table"));
    if (!box) return;
    if (!data || !data.columns.length) {
      box.replaceChildren();
      return;
    }
    var stacks = box.closest(".exhibit.plain") !== null;
    var group = stacks && "rowgroup";
    var looks = data.columns.map(function (_, j) { return look(data, j); });
    var paged = data.rows.length > PAGED;
    var order = sorted(data, -1, "none");
    var at = 0;

    var table = make("table", null, { role: stacks && "table" });
    var head = make("tr", null, { role: stacks && "row" });
    data.columns.forEach(function (column, j) { head.appendChild(header(column, looks[j], stacks)); });
    var body = make("tbody", null, { role: group });
    table.append(make("caption", data.caption), make("thead", null, { role: group }), body);
    table.tHead.appendChild(head);
    var tall = Math.min(data.rows.length, paged ? PAGE : Infinity) > TALL;
    var scroll = make("div", null, { class: tall ? "scroll tall" : "scroll", tabindex: "0", role: "group", "aria-label": data.caption });
    scroll.appendChild(table);
    var bar = make("div", null, { class: "pages", role: "group", "aria-label": data.caption });
    var where = make("span");
    var back = make("button", text("previous"), { type: "button" });
    var next = make("button", text("next"), { type: "button" });
    bar.append(where, back, next);

    function fill() {
      var part = paged ? order.slice(at, at + PAGE) : order;
      body.replaceChildren.apply(body, part.map(function (i) {
        var line = make("tr", null, { role: stacks && "row" });
        data.columns.forEach(function (_, j) { line.appendChild(cell(data, i, j, looks, stacks)); });
        return line;
      }));
      scroll.scrollTop = 0;
      where.textContent = text("rows", { first: at + 1, last: at + part.length, n: order.length.toLocaleString(LANGUAGE) });
      back.setAttribute("aria-disabled", at === 0 ? "true" : "false");
      next.setAttribute("aria-disabled", at + PAGE >= order.length ? "true" : "false");
    }

    function turn(to) {
      if (to < 0 || to >= order.length) return;
      at = to;
      fill();
      window.rtac.say(where.textContent);
    }
    back.addEventListener("click", function () { turn(at - PAGE); });
    next.addEventListener("click", function () { turn(at + PAGE); });
    head.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) return;
      var node = button.parentNode;
      var way = WAYS[node.getAttribute("aria-sort")];
      Array.prototype.forEach.call(head.children, function (other) {
        other.setAttribute("aria-sort", other === node ? way : "none");
      });
      order = sorted(data, node.cellIndex, way);
      at = 0;
      fill();
      window.rtac.say(text(way, { column: button.textContent }));
    });

    fill();
    var parts = paged ? [scroll, bar] : [scroll];
    if (data.more) parts.push(make("p", data.more, { class: "more" }));
    box.replaceChildren.apply(box, parts);
  };
})();
