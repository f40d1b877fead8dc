/* What the page tells the script. Messages are data attributes of the form. */
const form = document.getElementById("search-form"),
  data = form.dataset,
  SETTINGS = JSON.parse(data.settings),
  RULES = SETTINGS.rules,
  SYNONYMS = SETTINGS.synonyms,
  NAMES = SETTINGS.names,
  MONTHS = SETTINGS.months;
