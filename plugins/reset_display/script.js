const button = display.button("reset", () => {
  for (const name in choices) display.set(name, "");
  display.announce(button.dataset.announce);
});
