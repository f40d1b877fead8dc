display.toggle(
  "night",
  () => (display.get("theme") ? display.get("theme") === "dark" : matchMedia("(prefers-color-scheme: dark)").matches),
  (dark) => display.set("theme", dark ? "dark" : "light"),
);
