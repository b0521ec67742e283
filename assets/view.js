/* The reader's choice: one Store ("view"), written by the filters and the tray, kept in the address, carried by links.
   Also tabs, and moving between pages without loading them anew. Text is only ever set as text. */
(function () {
  "use strict";
  var FIELDS = ["indicator", "level", "peers", "place", "region", "county", "cohort", "year", "student_group", "weights", "month",
    "pillar", "service_category", "build"];
  var ENTITY = /^(\d{14}|R-[A-Z]{3})$/;
  var view = {};

  function query(of) {
    var out = new URLSearchParams();
    FIELDS.forEach(function (name) {
      [].concat(of[name] === undefined || of[name] === null ? [] : of[name]).forEach(function (v) {
        if (v !== "") out.append(name, v);
      });
    });
    var text = out.toString();
    return text ? "?" + text : "";
  }

  function changed(changes) {
    return Object.assign({}, view, changes);
  }

  function same(a, b) {
    return query(a) === query(b);
  }

  function keep(next) {
    if (same(next, view)) return;
    var notes = document.getElementById("notes");
    if (notes) notes.hidden = true;
    window.dash_clientside.set_props("view", { data: next });
  }

  function go(href) {
    window.history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
    landed = "";
    arrived = true;
  }
  var arrived = false;
  var landed = "";

  function say(text) {
    var box = document.getElementById("said");
    if (box) box.textContent = text;
  }

  function each(selector, what) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), what);
  }

  function placeHref(entity) {
    return "/place" + query(changed({ place: [entity] }));
  }

  /* Links that carry the choice, and where we are. */
  function refresh() {
    each("a[data-nav]", function (a) {
      var path = a.getAttribute("data-nav");
      a.setAttribute("href", path + query(view));
      if (path === window.location.pathname) a.setAttribute("aria-current", "page");
      else a.removeAttribute("aria-current");
    });
    each("a[data-download]", function (a) {
      a.setAttribute("href", "/export/" + a.getAttribute("data-download") + query(view));
    });
    each("a[data-current]", function (a) {
      a.setAttribute("href", a.getAttribute("data-current") + query(changed({ build: null })));
    });
  }

  window.rtac = Object.assign(window.rtac || {}, {
    query: query,
    placeHref: placeHref,
    go: go,
    say: say,
    choice: function () { return view; },
    isPlace: function (code) { return ENTITY.test(code); },
    add: function (entity) {
      var places = [].concat(view.place || []);
      if (places.indexOf(entity) < 0) keep(changed({ place: places.concat([entity]) }));
    },
  });

  var defaults = {};
  var hidden = {};

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.rtac = {
    /* A filter was used: write the Store. */
    choose: function () {
      var next = Object.assign({}, view);
      (window.dash_clientside.callback_context.inputs_list[0] || []).forEach(function (input) {
        var name = input.id.name;
        var value = input.value === undefined || input.value === null ? "" : String(input.value);
        if (value === "" || value === defaults[name] || hidden[name]) delete next[name];
        else if (name === "place") next.place = [value].concat([].concat(view.place || []).slice(1).filter(function (p) { return p !== value; }));
        else next[name] = value;
      });
      keep(next);
    },
    /* The Store changed or a page came: write the address and the links. */
    carry: function (data) {
      view = data || {};
      var address = window.location.pathname + query(view);
      if (address !== window.location.pathname + window.location.search) {
        window.history.replaceState(window.history.state, "", address + window.location.hash);
      }
      refresh();
      if (arrived) {
        arrived = false;
        var main = document.getElementById("main");
        if (main) main.focus({ preventScroll: true });
      }
      if (landed !== window.location.pathname + window.location.hash) {
        landed = window.location.pathname + window.location.hash;
        window.rtac.land();
      }
      return window.location.pathname;
    },
    /* The server says what the filters may hold now. */
    apply: function (choices) {
      if (!choices || !choices.filters) return;
      choices.filters.forEach(function (f) {
        defaults[f.name] = f.default;
        hidden[f.name] = !f.shown;
        window.dash_clientside.set_props({ type: "filter", name: f.name }, { options: f.options, value: f.value });
        window.dash_clientside.set_props({ type: "filter-box", name: f.name }, { hidden: !f.shown });
      });
      if (choices.title) {
        document.title = choices.title + " · R-TAC Dashboard";
        say(choices.title);
      }
    },
    /* A mark of a chart was clicked. */
    open: function (clicks) {
      (window.dash_clientside.callback_context.triggered || []).forEach(function (t) {
        var point = t.value && t.value.points && t.value.points[0];
        var code = point && [].concat(point.customdata === undefined ? [] : point.customdata).concat(point.id || [])
          .filter(function (v) { return typeof v === "string" && ENTITY.test(v); })[0];
        if (code) go(placeHref(code));
      });
    },
    table: function (rows, id) {
      window.rtac.table(rows, id);
    },
  };

  function select(tab) {
    var list = tab.closest("[role=tablist]");
    var top = tab.getBoundingClientRect().top;
    Array.prototype.forEach.call(list.querySelectorAll("[role=tab]"), function (other) {
      var on = other === tab;
      other.setAttribute("aria-selected", on ? "true" : "false");
      other.tabIndex = on ? 0 : -1;
      var panel = document.getElementById(other.getAttribute("aria-controls"));
      if (panel) panel.hidden = !on;
    });
    window.dispatchEvent(new Event("resize"));
    /* A table takes the width of the page and may move: its tab stays where the reader pressed it. */
    window.scrollBy(0, tab.getBoundingClientRect().top - top);
  }

  function plainClick(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  document.addEventListener("click", function (event) {
    var tab = event.target.closest("[role=tab]");
    if (tab) return select(tab);
    var gone = event.target.closest("button[data-remove]");
    if (gone) {
      var code = gone.getAttribute("data-remove");
      keep(changed({ place: [].concat(view.place || []).filter(function (p) { return p !== code; }) }));
      var box = document.querySelector("[data-find=add] input");
      if (box) box.focus();
      return undefined;
    }
    var link = event.target.closest("a[href]");
    if (!link || !plainClick(event) || link.target || link.hasAttribute("download") || event.defaultPrevented) return undefined;
    var to = new URL(link.href, window.location.href);
    if (link.classList.contains("skip")) {
      event.preventDefault();
      document.getElementById("main").focus();
      return undefined;
    }
    var ours = to.origin === window.location.origin && !/^\/(export|embed|api|template|assets|ready|health)(\/|$)/.test(to.pathname);
    if (!ours) return undefined;
    event.preventDefault();
    go(to.pathname + to.search + to.hash);
    return undefined;
  });

  document.addEventListener("keydown", function (event) {
    var tab = event.target.closest && event.target.closest("[role=tab]");
    if (!tab) return;
    var tabs = Array.prototype.slice.call(tab.closest("[role=tablist]").querySelectorAll("[role=tab]"));
    var at = tabs.indexOf(tab);
    var to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    var next = tabs[(to + tabs.length) % tabs.length];
    select(next);
    next.focus();
  });

  /* On paper nothing is folded. */
  window.addEventListener("beforeprint", function () {
    each("details.fold:not([open])", function (fold) {
      fold.open = true;
      fold.setAttribute("data-printed", "");
    });
  });
  window.addEventListener("afterprint", function () {
    each("details[data-printed]", function (fold) {
      fold.open = false;
      fold.removeAttribute("data-printed");
    });
  });
})();
