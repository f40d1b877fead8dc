const button = display.button("reset", () => {
  for (const name in display.choices) display.set(name, "");
  display.announce(button.dataset.announcement);
});
