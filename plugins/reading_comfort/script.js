display.toggle(
  "space",
  () => display.get("spacing") === "wide",
  (wide) => display.set("spacing", wide ? "wide" : ""),
);
