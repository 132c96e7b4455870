/* Light or dark, before the first paint: a classic script in the head, so that nothing flashes.
   Kept in this browser only; "auto" follows the device. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  function chosen() {
    try { return localStorage.getItem("theme") || "auto"; } catch (blocked) { return "auto"; }
  }
  function apply(theme) {
    if (theme === "light" || theme === "dark") root.setAttribute("data-bs-theme", theme);
    else root.removeAttribute("data-bs-theme");
  }
  apply(chosen());
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-theme-switch]").forEach(function (box) {
      var buttons = box.querySelectorAll("[data-theme]");
      function mark() {
        buttons.forEach(function (b) { b.setAttribute("aria-pressed", String(b.dataset.theme === chosen())); });
      }
      box.hidden = false;
      mark();
      box.addEventListener("click", function (event) {
        var button = event.target.closest("[data-theme]");
        if (!button) return;
        try { localStorage.setItem("theme", button.dataset.theme); } catch (blocked) { /* this page only */ }
        apply(button.dataset.theme);
        mark();
      });
    });
  });
})();
