/* What a reader takes along: copies links, permalinks, embed codes and figures as text, folds the menus, and brings a link with an
   anchor to its exhibit once that is drawn. The choice comes from assets/view.js. */
(function () {
  "use strict";
  var ANCHOR = /^#([a-z0-9_]+-[a-z0-9_]+)$/;
  var PATIENCE = 12000;

  function attribute(node, name) {
    return node.getAttribute("data-" + name) || "";
  }

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }

  /* The code of a frame with one exhibit in it; its title is the exhibit's headline. */
  function frame(button) {
    var query = window.rtac.query(window.rtac.choice()).slice(1);
    var head = document.querySelector("#" + attribute(button, "anchor") + " h2");
    var src = window.location.origin + "/embed/" + attribute(button, "embed") + (query ? "&" + query : "");
    return '<iframe src="' + escaped(src) + '" title="' + escaped(head ? head.textContent : document.title) +
      '" width="100%" height="640" loading="lazy" style="border:0"></iframe>';
  }

  function address(button) {
    var build = attribute(button, "build");
    var anchor = attribute(button, "anchor");
    var choice = Object.assign({}, window.rtac.choice(), build ? { build: build } : {});
    return window.location.origin + window.location.pathname + window.rtac.query(choice) + (anchor ? "#" + anchor : "");
  }

  /* Text that stands on the page: that of the button's own item, or of all items beside it. */
  function standing(button) {
    var scope = attribute(button, "text") === "all" ? button.closest(".copies") : button.closest("li");
    return Array.prototype.map.call(scope.querySelectorAll("pre"), function (pre) { return pre.textContent; }).join("\n\n");
  }

  function wanted(button) {
    if (attribute(button, "text")) return standing(button);
    return attribute(button, "embed") ? frame(button) : address(button);
  }

  function copy(button) {
    var text = wanted(button);
    var done = function () {
      var before = button.textContent;
      var said = attribute(button, "copy");
      window.rtac.say(said);
      if (before === said) return;
      var name = button.getAttribute("aria-label");
      button.removeAttribute("aria-label");
      button.textContent = said;
      window.setTimeout(function () {
        button.textContent = before;
        if (name) button.setAttribute("aria-label", name);
      }, 2000);
    };
    var fallback = function () {
      var box = document.createElement("textarea");
      box.value = text;
      document.body.appendChild(box);
      box.select();
      document.execCommand("copy");
      box.remove();
      button.focus();
      done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, fallback);
    else fallback();
  }

  function close(except) {
    Array.prototype.forEach.call(document.querySelectorAll("details.menu[open]"), function (menu) {
      if (menu !== except) menu.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-copy]");
    if (button) copy(button);
    close(event.target.closest("details.menu"));
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var menu = event.target.closest && event.target.closest("details.menu[open]");
    close(null);
    if (menu) menu.querySelector("summary").focus();
  });

  /* An exhibit is drawn after its page came, and so are those above it: go on scrolling until all stands, or the reader acts. */
  function land() {
    var found = ANCHOR.exec(window.location.hash);
    if (!found) return;
    var until = Date.now() + PATIENCE;
    var quiet = 0;
    var acted = false;
    ["wheel", "touchstart", "keydown", "pointerdown"].forEach(function (kind) {
      window.addEventListener(kind, function () { acted = true; }, { once: true, passive: true });
    });
    (function look() {
      if (acted || Date.now() > until) return;
      var section = document.getElementById(found[1]);
      if (section) {
        section.scrollIntoView({ block: "start", behavior: "instant" });
        quiet = section.querySelector("h2") && !document.querySelector("[data-dash-is-loading=true]") ? quiet + 1 : 0;
        if (quiet > 5) {
          section.tabIndex = -1;
          section.focus({ preventScroll: true });
          return;
        }
      }
      window.setTimeout(look, 100);
    })();
  }

  window.rtac = Object.assign(window.rtac || {}, { land: land });
})();
