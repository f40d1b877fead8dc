display.button("print", () => print());
