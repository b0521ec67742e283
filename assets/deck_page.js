/* The page of the board deck: the list in order, with titles and notes, by keyboard and mouse. */
(function () {
  "use strict";
  var deck = window.rtac.deck;
  var WAIT = 400;
  var timers = {};

  function page() {
    return document.getElementById("deck");
  }

  function fit() {
    var root = page();
    if (!root || root.hasAttribute("data-fitted")) return;
    root.setAttribute("data-fitted", "");
    deck.forget();
    deck.texts = JSON.parse(root.getAttribute("data-texts"));
    deck.each("#deck [data-field]", field);
    var shape = document.getElementById("deck-shape");
    shape.value = deck.now().shape;
    shape.addEventListener("change", function () { keep("shape", shape.value); });
    draw();
  }

  function field(box) {
    var name = box.getAttribute("data-field");
    var kind = box.getAttribute("data-type");
    var input = deck.make("input", { id: "deck-" + name, type: kind });
    ["placeholder", "accept"].forEach(function (a) {
      if (box.getAttribute("data-" + a)) input.setAttribute(a, box.getAttribute("data-" + a));
    });
    if (kind === "text") input.setAttribute("maxlength", "120");
    if (kind !== "file") {
      input.value = deck.now()[name] || "";
      input.addEventListener("input", function () { keep(name, input.value); });
    }
    box.replaceChildren(deck.make("label", { for: "deck-" + name }, box.getAttribute("data-label")), input);
  }

  function keep(name, value) {
    var held = deck.now();
    held[name] = value;
    deck.write(held);
  }

  /* `focus`: what takes the focus afterwards; `instead`: what does where there is none. */
  function draw(focus, instead) {
    var list = document.getElementById("deck-slides");
    if (!list) return;
    var held = deck.now();
    list.replaceChildren.apply(list, held.slides.map(item));
    document.getElementById("deck-empty").hidden = held.slides.length > 0;
    var clear = document.getElementById("deck-clear");
    if (held.slides.length) emptied = null;
    clear.hidden = !held.slides.length && !emptied;
    clear.textContent = emptied ? deck.texts.undo : deck.texts.clear;
    deck.each("#deck [data-deck-file]", function (button) { button.disabled = !held.slides.length; });
    held.slides.forEach(function (slide, i) { deck.ask(i); });
    if (focus) {
      var to = list.querySelector(focus) || (instead && list.querySelector(instead)) || document.querySelector("#deck [data-ready], #deck .find input");
      if (to) to.focus();
    }
  }

  function item(slide, i) {
    var n = i + 1;
    var li = deck.make("li", { "data-at": i, class: "slide" });
    var handle = deck.make("span", { class: "handle", draggable: "true", title: deck.fill(deck.texts.move, n), "aria-hidden": "true" }, "⠿");
    var head = deck.make("div", { class: "slide-head" });
    var title = deck.make("textarea", { id: "slide-title-" + i, rows: "2", maxlength: "300", "data-part": "title" });
    title.value = slide.title || slide.own;
    head.append(deck.make("label", { for: "slide-title-" + i, class: "unseen" }, deck.fill(deck.texts.title, n)), title);
    var sub = deck.make("p", { class: "sub", "data-sub": "" });
    var warn = deck.make("ul", { class: "warnings", "data-warnings": "", role: "status" });
    var note = deck.make("details", { class: "slide-note" });
    var area = deck.make("textarea", { id: "slide-note-" + i, rows: "3", maxlength: "4000", "data-part": "note" });
    area.value = slide.note;
    note.open = Boolean(slide.note);
    note.append(deck.make("summary", { "aria-label": deck.fill(deck.texts.note, n) }, deck.texts.note_short), deck.make("label", { for: "slide-note-" + i, class: "unseen" }, deck.fill(deck.texts.note, n)), area);
    var body = deck.make("div", { class: "slide-body" });
    body.append(head, sub, warn, note, actions(slide, i));
    li.append(handle, deck.make("span", { class: "at", "aria-hidden": "true" }, String(n)), picture(slide.slide), body);
    return li;
  }

  /* The exhibit as it will look, asked for once: the list is drawn anew with every move. The title beside it says what it is. */
  function picture(link) {
    if (!pictures[link]) {
      var parts = /^\/([a-z-]*)(\?[^#]*)?#([a-z_]+)-([a-z_]+)$/.exec(link) || [];
      var query = (parts[2] || "?") + (parts[2] ? "&" : "") + "exhibit=" + parts[4];
      var box = deck.make("span", { class: "thumb", "aria-hidden": "true" });
      var img = deck.make("img", { alt: "", loading: "lazy", width: "160", height: "90", src: "/export/" + parts[3] + ".svg" + query });
      img.addEventListener("error", function () { img.remove(); });
      box.append(img);
      pictures[link] = box;
    }
    return pictures[link];
  }
  var pictures = {};

  function actions(slide, i) {
    var n = i + 1;
    var row = deck.make("p", { class: "slide-actions" });
    var count = deck.now().slides.length;
    var up = deck.make("button", { type: "button", "data-move": "-1", "aria-label": deck.fill(deck.texts.up, n) }, "↑");
    var down = deck.make("button", { type: "button", "data-move": "1", "aria-label": deck.fill(deck.texts.down, n) }, "↓");
    up.disabled = i === 0;
    down.disabled = i === count - 1;
    row.append(up, down,
      deck.make("a", { href: slide.slide, "aria-label": deck.fill(deck.texts.open_n, n) }, deck.texts.open),
      deck.make("button", { type: "button", "data-own": "", hidden: "" }, deck.texts.own),
      deck.make("button", { type: "button", "data-renew": "", hidden: "" }, deck.texts.renew),
      deck.make("button", { type: "button", "data-gone": "", "aria-label": deck.fill(deck.texts.remove_n, n) }, deck.texts.remove));
    return row;
  }

  function box(i) {
    return document.querySelector("#deck-slides [data-at='" + i + "']");
  }

  function edited(area) {
    var i = Number(area.closest("[data-at]").getAttribute("data-at"));
    var held = deck.now();
    var part = area.getAttribute("data-part");
    var value = area.value.replace(/\s+/g, part === "title" ? " " : "$&");
    held.slides[i][part] = part === "title" && value.trim() === held.slides[i].own ? "" : value;
    deck.write(held);
    if (part !== "title") return;
    window.clearTimeout(timers[i]);
    timers[i] = window.setTimeout(function () { deck.ask(i); }, WAIT);
  }

  function move(from, to) {
    var held = deck.now();
    if (to < 0 || to >= held.slides.length || from === to) return;
    held.slides.splice(to, 0, held.slides.splice(from, 1)[0]);
    deck.write(held);
    var way = to < from ? "-1" : "1";
    var moved = "[data-at='" + to + "'] ";
    draw(moved + "[data-move='" + way + "']:not(:disabled)", moved + "[data-move]:not(:disabled)");
    window.rtac.say(deck.fill(deck.texts.moved, to + 1));
  }

  function pressed(button) {
    var i = Number(button.closest("[data-at]").getAttribute("data-at"));
    var held = deck.now();
    if (button.hasAttribute("data-move")) return move(i, i + Number(button.getAttribute("data-move")));
    if (button.hasAttribute("data-gone")) held.slides.splice(i, 1);
    else if (button.hasAttribute("data-own")) held.slides[i].title = "";
    else if (button.hasAttribute("data-renew")) held.slides[i].slide = held.slides[i].slide.replace(/([?&])build=[^&#]*&?/, "$1").replace(/[?&](#|$)/, "$1");
    deck.write(held);
    var next = Math.min(i, held.slides.length - 1);
    draw("[data-at='" + next + "'] " + (button.hasAttribute("data-gone") ? "[data-gone]" : "[data-part=title]"));
    if (button.hasAttribute("data-gone")) window.rtac.say(deck.fill(deck.texts.removed, held.slides.length));
    return undefined;
  }

  /* The same button empties the deck and takes that back. */
  var emptied = null;

  function clear() {
    var held = deck.now();
    if (emptied) {
      deck.write(emptied);
      draw("#deck-slides [data-part=title]");
      document.getElementById("deck-name").value = deck.now().name;
      return;
    }
    emptied = JSON.parse(JSON.stringify(held));
    held.slides = [];
    held.name = "";
    deck.write(held);
    document.getElementById("deck-name").value = "";
    draw();
    document.getElementById("deck-clear").focus();
    window.rtac.say(deck.texts.cleared);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.id === "deck-clear") clear();
    else if (button.closest("#deck-slides")) pressed(button);
  });
  document.addEventListener("input", function (event) {
    if (event.target.matches("#deck-slides textarea")) edited(event.target);
  });

  /* By mouse: the handle is dragged onto another slide. By keyboard there are the arrows. */
  var dragged = -1;
  function over(event) {
    return dragged >= 0 && event.target.closest ? event.target.closest("#deck-slides > li") : null;
  }
  document.addEventListener("dragstart", function (event) {
    var handle = event.target.closest && event.target.closest(".handle");
    if (!handle) return;
    var li = handle.closest("[data-at]");
    dragged = Number(li.getAttribute("data-at"));
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(li, 12, 12);
  });
  document.addEventListener("dragover", function (event) {
    var li = over(event);
    if (li) event.preventDefault();
    deck.each("#deck-slides > li", function (other) { other.classList.toggle("target", other === li); });
  });
  document.addEventListener("drop", function (event) {
    var li = over(event);
    if (!li) return;
    event.preventDefault();
    move(dragged, Number(li.getAttribute("data-at")));
  });
  document.addEventListener("dragend", function () {
    dragged = -1;
    deck.each("#deck-slides > li", function (li) { li.classList.remove("target"); });
  });

  /* Another window changed the deck. */
  window.addEventListener("storage", function (event) {
    if (event.key !== deck.KEY) return;
    deck.mark();
    draw();
  });

  deck.draw = draw;
  deck.box = box;

  new MutationObserver(function (seen) {
    var ours = seen.some(function (s) { return !(s.target.closest && s.target.closest("#deck-slides, button[data-slide], header")); });
    if (!ours) return;
    deck.mark();
    fit();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
