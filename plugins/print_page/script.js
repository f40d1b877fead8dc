if (document.querySelector("[data-do=print]")) display.button("print", () => print());
