/* The board deck: a list of permalinks with the reader's titles and notes, kept in this browser and nowhere else.
   Numbers are never kept: each slide is asked of the server by its permalink. Text is only ever set as text. */
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

  /* The page of the deck. */
  var texts = {};
  var timers = {};

  function page() {
    return document.getElementById("deck");
  }

  function fit() {
    var root = page();
    if (!root || root.hasAttribute("data-fitted")) return;
    root.setAttribute("data-fitted", "");
    asked = {};
    texts = JSON.parse(root.getAttribute("data-texts"));
    each("#deck [data-field]", field);
    var shape = document.getElementById("deck-shape");
    shape.value = now().shape;
    shape.addEventListener("change", function () { keep("shape", shape.value); });
    draw();
  }

  function field(box) {
    var name = box.getAttribute("data-field");
    var kind = box.getAttribute("data-type");
    var input = make("input", { id: "deck-" + name, type: kind });
    ["placeholder", "accept"].forEach(function (a) {
      if (box.getAttribute("data-" + a)) input.setAttribute(a, box.getAttribute("data-" + a));
    });
    if (kind === "text") input.setAttribute("maxlength", "120");
    if (kind !== "file") {
      input.value = now()[name] || "";
      input.addEventListener("input", function () { keep(name, input.value); });
    }
    box.replaceChildren(make("label", { for: "deck-" + name }, box.getAttribute("data-label")), input);
  }

  function keep(name, value) {
    var deck = now();
    deck[name] = value;
    write(deck);
  }

  /* `focus`: what takes the focus afterwards; `instead`: what does where there is none. */
  function draw(focus, instead) {
    var list = document.getElementById("deck-slides");
    if (!list) return;
    var deck = now();
    list.replaceChildren.apply(list, deck.slides.map(item));
    document.getElementById("deck-empty").hidden = deck.slides.length > 0;
    var clear = document.getElementById("deck-clear");
    if (deck.slides.length) emptied = null;
    clear.hidden = !deck.slides.length && !emptied;
    clear.textContent = emptied ? texts.undo : texts.clear;
    each("#deck [data-deck-file]", function (button) { button.disabled = !deck.slides.length; });
    deck.slides.forEach(function (slide, i) { ask(i); });
    if (focus) {
      var to = list.querySelector(focus) || (instead && list.querySelector(instead)) || document.querySelector("#deck [data-ready], #deck .find input");
      if (to) to.focus();
    }
  }

  function item(slide, i) {
    var n = i + 1;
    var li = make("li", { "data-at": i, class: "slide" });
    var handle = make("span", { class: "handle", draggable: "true", title: fill(texts.move, n), "aria-hidden": "true" }, "⠿");
    var head = make("div", { class: "slide-head" });
    var title = make("textarea", { id: "slide-title-" + i, rows: "2", maxlength: "300", "data-part": "title" });
    title.value = slide.title || slide.own;
    head.append(make("label", { for: "slide-title-" + i, class: "unseen" }, fill(texts.title, n)), title);
    var sub = make("p", { class: "sub", "data-sub": "" });
    var warn = make("ul", { class: "warnings", "data-warnings": "", role: "status" });
    var note = make("details", { class: "slide-note" });
    var area = make("textarea", { id: "slide-note-" + i, rows: "3", maxlength: "4000", "data-part": "note" });
    area.value = slide.note;
    note.open = Boolean(slide.note);
    note.append(make("summary", { "aria-label": fill(texts.note, n) }, texts.note_short), make("label", { for: "slide-note-" + i, class: "unseen" }, fill(texts.note, n)), area);
    var body = make("div", { class: "slide-body" });
    body.append(head, sub, warn, note, actions(slide, i));
    li.append(handle, make("span", { class: "at", "aria-hidden": "true" }, String(n)), picture(slide.slide), body);
    return li;
  }

  /* The exhibit as it will look, asked for once: the list is drawn anew with every move. The title beside it says what it is. */
  function picture(link) {
    if (!pictures[link]) {
      var parts = /^\/([a-z-]*)(\?[^#]*)?#([a-z_]+)-([a-z_]+)$/.exec(link) || [];
      var query = (parts[2] || "?") + (parts[2] ? "&" : "") + "exhibit=" + parts[4];
      var box = make("span", { class: "thumb", "aria-hidden": "true" });
      var img = make("img", { alt: "", loading: "lazy", width: "160", height: "90", src: "/export/" + parts[3] + ".svg" + query });
      img.addEventListener("error", function () { img.remove(); });
      box.append(img);
      pictures[link] = box;
    }
    return pictures[link];
  }
  var pictures = {};

  function actions(slide, i) {
    var n = i + 1;
    var row = make("p", { class: "slide-actions" });
    var count = now().slides.length;
    var up = make("button", { type: "button", "data-move": "-1", "aria-label": fill(texts.up, n) }, "↑");
    var down = make("button", { type: "button", "data-move": "1", "aria-label": fill(texts.down, n) }, "↓");
    up.disabled = i === 0;
    down.disabled = i === count - 1;
    row.append(up, down,
      make("a", { href: slide.slide, "aria-label": fill(texts.open_n, n) }, texts.open),
      make("button", { type: "button", "data-own": "", hidden: "" }, texts.own),
      make("button", { type: "button", "data-renew": "", hidden: "" }, texts.renew),
      make("button", { type: "button", "data-gone": "", "aria-label": fill(texts.remove_n, n) }, texts.remove));
    return row;
  }

  function box(i) {
    return document.querySelector("#deck-slides [data-at='" + i + "']");
  }

  /* What stands behind a slide, and what its title claims beyond it. */
  function ask(i) {
    var slide = now().slides[i];
    var query = new URLSearchParams({ slide: slide.slide, title: slide.title }).toString();
    if (!asked[query]) {
      asked[query] = fetch("/deck/slide?" + query, { headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); });
    }
    asked[query].then(function (said) { tell(i, slide.slide, said); }, function () {
      delete asked[query];
      tell(i, slide.slide, { error: texts.gone });
    });
  }
  /* Answers by slide and title: the list is drawn anew with every move, and what a slide holds stays. A new page asks again. */
  var asked = {};

  function tell(i, link, said) {
    var deck = now();
    var li = box(i);
    if (!li || !deck.slides[i] || deck.slides[i].slide !== link) return;
    var warnings = said.error ? [said.error] : said.warnings.concat(said.current ? [] : [texts.older]);
    li.querySelector("[data-warnings]").replaceChildren.apply(li.querySelector("[data-warnings]"), warnings.map(function (w) {
      return make("li", {}, w);
    }));
    li.querySelector("[data-renew]").hidden = !said.error && said.current;
    li.querySelector("[data-own]").hidden = !deck.slides[i].title;
    if (said.error) return;
    li.querySelector("[data-sub]").textContent = said.subtitle;
    if (deck.slides[i].own !== said.headline) {
      deck.slides[i].own = said.headline;
      write(deck);
      if (!deck.slides[i].title) li.querySelector("[data-part=title]").value = said.headline;
    }
  }

  function edited(area) {
    var i = Number(area.closest("[data-at]").getAttribute("data-at"));
    var deck = now();
    var part = area.getAttribute("data-part");
    var value = area.value.replace(/\s+/g, part === "title" ? " " : "$&");
    deck.slides[i][part] = part === "title" && value.trim() === deck.slides[i].own ? "" : value;
    write(deck);
    if (part !== "title") return;
    window.clearTimeout(timers[i]);
    timers[i] = window.setTimeout(function () { ask(i); }, WAIT);
  }

  function move(from, to) {
    var deck = now();
    if (to < 0 || to >= deck.slides.length || from === to) return;
    deck.slides.splice(to, 0, deck.slides.splice(from, 1)[0]);
    write(deck);
    var way = to < from ? "-1" : "1";
    var moved = "[data-at='" + to + "'] ";
    draw(moved + "[data-move='" + way + "']:not(:disabled)", moved + "[data-move]:not(:disabled)");
    window.rtac.say(fill(texts.moved, to + 1));
  }

  function pressed(button) {
    var i = Number(button.closest("[data-at]").getAttribute("data-at"));
    var deck = now();
    if (button.hasAttribute("data-move")) return move(i, i + Number(button.getAttribute("data-move")));
    if (button.hasAttribute("data-gone")) deck.slides.splice(i, 1);
    else if (button.hasAttribute("data-own")) deck.slides[i].title = "";
    else if (button.hasAttribute("data-renew")) deck.slides[i].slide = deck.slides[i].slide.replace(/([?&])build=[^&#]*&?/, "$1").replace(/[?&](#|$)/, "$1");
    write(deck);
    var next = Math.min(i, deck.slides.length - 1);
    draw("[data-at='" + next + "'] " + (button.hasAttribute("data-gone") ? "[data-gone]" : "[data-part=title]"));
    if (button.hasAttribute("data-gone")) window.rtac.say(fill(texts.removed, deck.slides.length));
    return undefined;
  }

  function ready(button) {
    var said = document.getElementById("deck-ready");
    var query = new URLSearchParams({ deck: button.getAttribute("data-ready"), place: button.getAttribute("data-place") });
    fetch("/deck/ready?" + query.toString(), { headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.json(); })
      .then(function (made) {
        if (made.error) throw new Error(made.error);
        var deck = now();
        var fresh = made.slides.filter(function (s) { return at(deck, s.slide) < 0; }).slice(0, MOST - deck.slides.length);
        deck.slides = deck.slides.concat(fresh.map(function (s) { return { slide: s.slide, title: s.title, own: s.own, note: "" }; }));
        if (!deck.name) deck.name = button.textContent;
        write(deck);
        draw();
        document.getElementById("deck-name").value = now().name;
        said.textContent = [fill(texts.added, fresh.length)].concat(made.left_out.length ? [texts.left_out].concat(made.left_out) : []).join(" ");
      })
      .catch(function (error) { said.textContent = error.message || texts.failed; });
  }

  /* The file: sent as a form, answered as a download. */
  function file(button) {
    var said = document.getElementById("deck-said");
    var deck = now();
    var form = new FormData();
    deck.slides.forEach(function (s) {
      form.append("slide", s.slide);
      form.append("title", s.title);
      form.append("note", s.note);
    });
    ["name", "occasion", "day"].forEach(function (name) { if (deck[name]) form.append(name, deck[name]); });
    if (button.hasAttribute("data-shaped")) form.append("shape", deck.shape);
    var logo = document.getElementById("deck-logo").files[0];
    if (logo) form.append("logo", logo);
    var from = window.performance.now();
    said.textContent = texts.making;
    each("#deck [data-deck-file]", function (b) { b.setAttribute("aria-disabled", "true"); });
    return fetch("/export/deck." + button.getAttribute("data-deck-file"), { method: "POST", body: form })
      .then(function (answer) {
        if (!answer.ok) {
          return answer.text().then(function (body) { throw new Error(sentence(body)); });
        }
        return answer.blob().then(function (blob) {
          save(blob, /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "") || []);
          said.textContent = texts.made.replace("%(seconds)s", ((window.performance.now() - from) / 1000).toFixed(1));
        });
      })
      .catch(function (error) { said.textContent = error.message || texts.failed; })
      .finally(function () { each("#deck [data-deck-file]", function (b) { b.removeAttribute("aria-disabled"); }); });
  }

  function sentence(body) {
    try {
      return JSON.parse(body).error;
    } catch (plain) {
      return body.length < 800 ? body : texts.failed;
    }
  }

  function save(blob, name) {
    var link = make("a", { href: window.URL.createObjectURL(blob), download: name[1] || "board-deck" });
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(function () { window.URL.revokeObjectURL(link.href); }, 10000);
  }

  /* The same button empties the deck and takes that back. */
  var emptied = null;

  function clear() {
    var deck = now();
    if (emptied) {
      write(emptied);
      draw("#deck-slides [data-part=title]");
      document.getElementById("deck-name").value = now().name;
      return;
    }
    emptied = JSON.parse(JSON.stringify(deck));
    deck.slides = [];
    deck.name = "";
    write(deck);
    document.getElementById("deck-name").value = "";
    draw();
    document.getElementById("deck-clear").focus();
    window.rtac.say(texts.cleared);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.hasAttribute("data-slide")) toggle(button);
    else if (button.hasAttribute("data-ready")) ready(button);
    else if (button.hasAttribute("data-deck-file")) file(button);
    else if (button.id === "deck-clear") clear();
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
    each("#deck-slides > li", function (other) { other.classList.toggle("target", other === li); });
  });
  document.addEventListener("drop", function (event) {
    var li = over(event);
    if (!li) return;
    event.preventDefault();
    move(dragged, Number(li.getAttribute("data-at")));
  });
  document.addEventListener("dragend", function () {
    dragged = -1;
    each("#deck-slides > li", function (li) { li.classList.remove("target"); });
  });

  /* Another window changed the deck. */
  window.addEventListener("storage", function (event) {
    if (event.key !== KEY) return;
    mark();
    draw();
  });

  new MutationObserver(function (seen) {
    var ours = seen.some(function (s) { return !(s.target.closest && s.target.closest("#deck-slides, button[data-slide], header")); });
    if (!ours) return;
    mark();
    fit();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
