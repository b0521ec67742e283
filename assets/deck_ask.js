/* What the page of the board deck asks of the server: what a slide holds, a ready-made deck, and the file. */
(function () {
  "use strict";
  var deck = window.rtac.deck;

  /* What stands behind a slide, and what its title claims beyond it. */
  function ask(i) {
    var slide = deck.now().slides[i];
    var query = new URLSearchParams({ slide: slide.slide, title: slide.title }).toString();
    if (!asked[query]) {
      asked[query] = fetch("/deck/slide?" + query, { headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); });
    }
    asked[query].then(function (said) { tell(i, slide.slide, said); }, function () {
      delete asked[query];
      tell(i, slide.slide, { error: deck.texts.gone });
    });
  }
  /* Answers by slide and title: the list is drawn anew with every move, and what a slide holds stays. A new page asks again. */
  var asked = {};

  function tell(i, link, said) {
    var held = deck.now();
    var li = deck.box(i);
    if (!li || !held.slides[i] || held.slides[i].slide !== link) return;
    var warnings = said.error ? [said.error] : said.warnings.concat(said.current ? [] : [deck.texts.older]);
    li.querySelector("[data-warnings]").replaceChildren.apply(li.querySelector("[data-warnings]"), warnings.map(function (w) {
      return deck.make("li", {}, w);
    }));
    li.querySelector("[data-renew]").hidden = !said.error && said.current;
    li.querySelector("[data-own]").hidden = !held.slides[i].title;
    if (said.error) return;
    li.querySelector("[data-sub]").textContent = said.subtitle;
    if (held.slides[i].own !== said.headline) {
      held.slides[i].own = said.headline;
      deck.write(held);
      if (!held.slides[i].title) li.querySelector("[data-part=title]").value = said.headline;
    }
  }

  function ready(button) {
    var said = document.getElementById("deck-ready");
    var query = new URLSearchParams({ deck: button.getAttribute("data-ready"), place: button.getAttribute("data-place") });
    fetch("/deck/ready?" + query.toString(), { headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.json(); })
      .then(function (made) {
        if (made.error) throw new Error(made.error);
        var held = deck.now();
        var fresh = made.slides.filter(function (s) { return deck.at(held, s.slide) < 0; }).slice(0, deck.MOST - held.slides.length);
        held.slides = held.slides.concat(fresh.map(function (s) { return { slide: s.slide, title: s.title, own: s.own, note: "" }; }));
        if (!held.name) held.name = button.textContent;
        deck.write(held);
        deck.draw();
        document.getElementById("deck-name").value = deck.now().name;
        said.textContent = [deck.fill(deck.texts.added, fresh.length)].concat(made.left_out.length ? [deck.texts.left_out].concat(made.left_out) : []).join(" ");
      })
      .catch(function (error) { said.textContent = error.message || deck.texts.failed; });
  }

  /* The file: sent as a form, answered as a download. */
  function file(button) {
    var said = document.getElementById("deck-said");
    var held = deck.now();
    var form = new FormData();
    held.slides.forEach(function (s) {
      form.append("slide", s.slide);
      form.append("title", s.title);
      form.append("note", s.note);
    });
    ["name", "occasion", "day"].forEach(function (name) { if (held[name]) form.append(name, held[name]); });
    if (button.hasAttribute("data-shaped")) form.append("shape", held.shape);
    var logo = document.getElementById("deck-logo").files[0];
    if (logo) form.append("logo", logo);
    var from = window.performance.now();
    said.textContent = deck.texts.making;
    deck.each("#deck [data-deck-file]", function (b) { b.setAttribute("aria-disabled", "true"); });
    return fetch("/export/deck." + button.getAttribute("data-deck-file"), { method: "POST", body: form })
      .then(function (answer) {
        if (!answer.ok) {
          return answer.text().then(function (body) { throw new Error(sentence(body)); });
        }
        return answer.blob().then(function (blob) {
          save(blob, /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "") || []);
          said.textContent = deck.texts.made.replace("%(seconds)s", ((window.performance.now() - from) / 1000).toFixed(1));
        });
      })
      .catch(function (error) { said.textContent = error.message || deck.texts.failed; })
      .finally(function () { deck.each("#deck [data-deck-file]", function (b) { b.removeAttribute("aria-disabled"); }); });
  }

  function sentence(body) {
    try {
      return JSON.parse(body).error;
    } catch (plain) {
      return body.length < 800 ? body : deck.texts.failed;
    }
  }

  function save(blob, name) {
    var link = deck.make("a", { href: window.URL.createObjectURL(blob), download: name[1] || "board-deck" });
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(function () { window.URL.revokeObjectURL(link.href); }, 10000);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.hasAttribute("data-ready")) ready(button);
    else if (button.hasAttribute("data-deck-file")) file(button);
  });

  deck.ask = ask;
  deck.forget = function () { asked = {}; };
})();
