display.toggle("space", function () { return display.get("spacing") === "wide"; }, function (wide) {
  display.set("spacing", wide ? "wide" : "");
});
