const copy = document.querySelector("[data-action=copy]");
if (copy) {
  const label = copy.textContent;
  copy.nextSibling.hidden = !navigator.share;
  copy.nextSibling.onclick = () => {
    navigator.share({ url: location.href });
  };
  copy.onclick = async () => {
    await navigator.clipboard.writeText(location.href);
    copy.textContent = `${label} ✓`;
    display.announce(copy.textContent);
  };
  if (!navigator.clipboard) copy.remove(); // over http
}
