/* Takes student files from a reader's hands to the engine (engine/start.js), inside this tab. Nothing is sent from here, and the
   engine is not asked for before a file is chosen. dcc.Upload would post the file: never use it for student rows. */
(function () {
  "use strict";

  function make(tag, attributes, text) {
    var node = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    if (text) node.textContent = text;
    return node;
  }

  function build(root) {
    var zone = root.querySelector("[data-drop-zone]");
    var told = root.querySelector("[role=status]");
    var texts = JSON.parse(root.getAttribute("data-texts"));
    var input = make("input", { type: "file", multiple: "", id: "drop-files", "aria-describedby": "drop-hint" });
    var label = make("label", { for: "drop-files" }, texts.choose);
    zone.append(label, input, make("span", { id: "drop-hint", class: "hint" }, texts.or_drop));

    function take(list) {
      var files = Array.prototype.slice.call(list);
      if (!files.length) return;
      told.textContent = texts.starting;
      import(root.getAttribute("data-start"))
        .then(function (engine) { return engine.take(root, files); })
        .catch(function () { told.textContent = texts.no_engine; });
    }

    input.addEventListener("change", function () {
      take(input.files);
      input.value = "";
    });
    ["dragenter", "dragover"].forEach(function (name) {
      zone.addEventListener(name, function (event) {
        event.preventDefault();
        zone.classList.add("over");
      });
    });
    zone.addEventListener("dragleave", function () { zone.classList.remove("over"); });
    zone.addEventListener("drop", function (event) {
      event.preventDefault();
      zone.classList.remove("over");
      take(event.dataTransfer.files);
    });
  }

  /* A file that misses the zone must not be opened by the browser in place of the page. */
  ["dragover", "drop"].forEach(function (name) {
    window.addEventListener(name, function (event) {
      if (document.querySelector("[data-drop]")) event.preventDefault();
    });
  });

  function fit() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-drop]"), function (root) {
      var zone = root.querySelector("[data-drop-zone]");
      if (zone && !zone.firstChild) build(root);
    });
  }

  new MutationObserver(fit).observe(document.documentElement, { childList: true, subtree: true });
})();
