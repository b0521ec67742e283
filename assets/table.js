/* Builds the table behind a figure from rows: a real table with caption and scopes, places as links. Text is only ever set as text. */
(function () {
  "use strict";

  function make(tag, text, attributes) {
    var node = document.createElement(tag);
    if (text !== undefined && text !== null) node.textContent = text;
    Object.keys(attributes || {}).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    return node;
  }

  function cell(data, row, i, j) {
    var kind = data.columns[j].kind;
    var node = j === 0 ? make("th", null, { scope: "row" }) : make("td");
    if (kind === "number") node.className = "number";
    var code = data.places[i];
    if (kind === "place" && window.rtac.isPlace(code)) {
      node.appendChild(make("a", row[j], { href: window.rtac.placeHref(code) }));
    } else {
      node.textContent = row[j];
    }
    return node;
  }

  var TALL = 30;

  window.rtac = window.rtac || {};
  window.rtac.table = function (data, id) {
    var box = document.getElementById(id.replace(/-rows$/, "-table"));
    if (!box) return;
    if (!data || !data.columns.length) {
      box.replaceChildren();
      return;
    }
    var table = make("table");
    table.appendChild(make("caption", data.caption));
    var head = table.createTHead().insertRow();
    data.columns.forEach(function (c) {
      head.appendChild(make("th", c.label, c.kind === "number" ? { scope: "col", class: "number" } : { scope: "col" }));
    });
    var body = document.createElement("tbody");
    data.rows.forEach(function (row, i) {
      var line = document.createElement("tr");
      row.forEach(function (_, j) { line.appendChild(cell(data, row, i, j)); });
      body.appendChild(line);
    });
    table.appendChild(body);
    var scroll = make("div", null, { class: data.rows.length > TALL ? "scroll tall" : "scroll", tabindex: "0", role: "group", "aria-label": data.caption });
    scroll.appendChild(table);
    var parts = [scroll];
    if (data.more) parts.push(make("p", data.more, { class: "more" }));
    box.replaceChildren.apply(box, parts);
  };
})();
