var copy = document.querySelector("[data-do=copy]"), label = copy && copy.textContent;
if (copy) {
  copy.nextSibling.hidden = !navigator.share;
  copy.nextSibling.onclick = function () { navigator.share({ url: location.href }); };
  copy.onclick = function () {
    navigator.clipboard.writeText(location.href).then(function () { display.say(copy.textContent = label + " ✓"); });
  };
  if (!navigator.clipboard) copy.remove(); // over http
}
