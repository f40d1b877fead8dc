display.toggle("night", function () {
  return display.get("theme") ? display.get("theme") === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}, function (dark) { display.set("theme", dark ? "dark" : "light"); });
