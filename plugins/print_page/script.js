if (document.querySelector("[data-action=print]")) display.button("print", () => print());
