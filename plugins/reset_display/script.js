const button = display.button("reset", () => {
  for (const name in display.choices) display.set(name, "");
  display.say(button.dataset.say);
});
