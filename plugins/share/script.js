const copy = document.querySelector("[data-do=copy]");
if (copy) {
  const label = copy.textContent;
  copy.nextSibling.hidden = !navigator.share;
  copy.nextSibling.onclick = () => { navigator.share({ url: location.href }); };
  copy.onclick = async () => {
    await navigator.clipboard.writeText(location.href);
    display.say(copy.textContent = `${label} ✓`);
  };
  if (!navigator.clipboard) copy.remove(); // over http
}
