/* The search box: an ARIA combobox over GET /search. Arrow keys, Enter, Escape. Text is only ever set as text. */
(function () {
  "use strict";
  var count = 0;

  function make(tag, attributes, text) {
    var node = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    if (text) node.textContent = text;
    return node;
  }

  function build(box) {
    var name = "find-" + (count += 1);
    var label = box.getAttribute("data-label");
    var input = make("input", {
      type: "text", role: "combobox", id: name, autocomplete: "off", spellcheck: "false", maxlength: "80", "aria-label": label,
      placeholder: label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": name + "-list",
    });
    var list = make("ul", { role: "listbox", id: name + "-list", "aria-label": label, hidden: "" });
    box.append(input, list);

    var found = [];
    var at = -1;
    var asked = 0;
    var timer = 0;
    var answered = "";

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(to) {
      at = to;
      Array.prototype.forEach.call(list.children, function (item, i) {
        item.setAttribute("aria-selected", i === at ? "true" : "false");
      });
      if (at >= 0) {
        input.setAttribute("aria-activedescendant", name + "-" + at);
        list.children[at].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }

    function choose(place) {
      close();
      input.value = "";
      var then = box.getAttribute("data-find");
      if (then === "add") window.rtac.add(place.entity);
      else if (then === "here") window.rtac.go(window.location.pathname + window.rtac.query(Object.assign({}, window.rtac.choice(), { place: [place.entity] })));
      else window.rtac.go(window.rtac.placeHref(place.entity));
    }

    function show(places) {
      found = places;
      list.replaceChildren();
      places.forEach(function (place, i) {
        var item = make("li", { role: "option", id: name + "-" + i, "aria-selected": "false" });
        item.append(make("span", { class: "name" }, place.name), make("span", { class: "where" }, place.where));
        item.addEventListener("mousedown", function (event) {
          event.preventDefault();
          choose(place);
        });
        list.append(item);
      });
      if (!places.length) list.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, box.getAttribute("data-none")));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(-1);
      window.rtac.say(places.length ? box.getAttribute("data-some").replace("%(n)s", places.length) : box.getAttribute("data-none"));
    }

    function ask() {
      var text = input.value.trim();
      var mine = (asked += 1);
      if (text.length < 2) return close();
      return fetch("/search?q=" + encodeURIComponent(text), { headers: { Accept: "application/json" } })
        .then(function (answer) {
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.json();
        })
        .then(function (places) { if (mine === asked) { answered = text; show(places); } })
        .catch(function () { if (mine === asked) { close(); window.rtac.say(box.getAttribute("data-fail")); } });
    }

    input.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 120);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape") {
        if (!list.hidden) close();
        else input.value = "";
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) return ask();
        if (found.length) mark((at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + found.length) % found.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        window.clearTimeout(timer);
        var first = function () { if (found.length && !list.hidden) choose(found[at < 0 ? 0 : at]); };
        if (list.hidden || answered !== input.value.trim()) Promise.resolve(ask()).then(first);
        else first();
      }
      return undefined;
    });
  }

  function fit() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-find]"), function (box) {
      if (!box.firstChild) build(box);
    });
  }

  new MutationObserver(fit).observe(document.documentElement, { childList: true, subtree: true });
})();
