/* What the page tells the script. Messages are data attributes of the form. */
const form = document.getElementById("search-form"),
  data = form.dataset,
  SETTINGS = JSON.parse(data.settings),
  RULES = SETTINGS.rules,
  SYNONYMS = SETTINGS.synonyms,
  MONTHS = SETTINGS.months;
