var button = display.button("reset", function () {
  for (var name in display.choices) display.set(name, "");
  display.say(button.dataset.say);
});
