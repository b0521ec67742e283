/* The board deck: a list of permalinks with the reader's titles and notes, kept in this browser and nowhere else. Here: the list
   and the buttons under exhibits; deck_page.js draws it, deck_ask.js asks the server. Text is only ever set as text. */
(function () {
  "use strict";
  var KEY = "rtac-deck";
  var MOST = 30;
  var WAIT = 400;

  function read() {
    try {
      var held = JSON.parse(window.localStorage.getItem(KEY)) || {};
      var slides = (Array.isArray(held.slides) ? held.slides : []).filter(function (s) {
        return s && typeof s.slide === "string" && s.slide.charAt(0) === "/";
      });
      return { name: text(held.name), occasion: text(held.occasion), day: text(held.day), shape: text(held.shape) || "wide",
        slides: slides.slice(0, MOST).map(function (s) {
          return { slide: s.slide, title: text(s.title), own: text(s.own), note: text(s.note) };
        }) };
    } catch (broken) {
      return { name: "", occasion: "", day: "", shape: "wide", slides: [] };
    }
  }

  function text(value) {
    return typeof value === "string" ? value : "";
  }

  function write(deck) {
    try {
      window.localStorage.setItem(KEY, JSON.stringify(deck));
    } catch (refused) {
      /* A browser that keeps nothing: the deck lives until the page is loaded anew. */
      memory = deck;
    }
    mark();
  }
  var memory = null;

  function now() {
    return memory || read();
  }

  function make(tag, attributes, said) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    if (said) node.textContent = said;
    return node;
  }

  function each(selector, what) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), what);
  }

  function shellText(name) {
    var box = document.getElementById("said");
    return (box && box.getAttribute("data-deck-" + name)) || "";
  }

  function fill(said, n) {
    return said.replace("%(n)s", n);
  }

  /* The same exhibit and choice, whatever build is pinned. */
  function same(a, b) {
    return a.replace(/([?&])build=[^&#]*&?/, "$1") === b.replace(/([?&])build=[^&#]*&?/, "$1");
  }

  function at(deck, slide) {
    return deck.slides.findIndex(function (s) { return same(s.slide, slide); });
  }

  /* On every page: the buttons under exhibits, and the number beside the page's name in the navigation. */
  function mark() {
    var deck = now();
    each("button[data-slide]", function (button) {
      var held = at(deck, button.getAttribute("data-slide")) >= 0;
      var said = shellText(held ? "held" : "add");
      if (button.textContent !== said) button.textContent = said;
      button.classList.toggle("held", held);
    });
    each("a[data-nav='/deck']", function (link) {
      var n = deck.slides.length;
      var name = link.getAttribute("data-name") || link.textContent;
      link.setAttribute("data-name", name);
      var said = n ? name + " (" + n + ")" : name;
      if (link.textContent !== said) link.textContent = said;
      if (n) link.setAttribute("aria-label", fill(shellText("count"), n).replace("%(name)s", name));
      else link.removeAttribute("aria-label");
    });
  }

  function toggle(button) {
    var deck = now();
    var slide = button.getAttribute("data-slide");
    var found = at(deck, slide);
    if (found >= 0) deck.slides.splice(found, 1);
    else if (deck.slides.length >= MOST) return window.rtac.say(shellText("full"));
    else deck.slides.push({ slide: slide, title: "", own: button.getAttribute("data-title"), note: "" });
    write(deck);
    return window.rtac.say(fill(shellText(found >= 0 ? "dropped" : "added"), deck.slides.length));
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-slide]");
    if (button) toggle(button);
  });

  window.rtac = Object.assign(window.rtac || {}, {
    deck: { KEY: KEY, MOST: MOST, texts: {}, now: now, write: write, at: at, mark: mark, make: make, each: each, fill: fill }
  });
})();
