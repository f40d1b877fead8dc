/* Holds the floor: every function works in Chrome 88, Safari and iOS 14 and Firefox 79, the browsers of the turn of 2020 to 2021.
   Whatever is newer is listed here, with what older browsers have instead. Run by `lint`, see linting.py. */
import css from "@eslint/css";
import compat from "eslint-plugin-compat";

const FLOOR = ["chrome 88", "safari 14", "ios_saf 14", "firefox 79"];

export default [
  // WeasyPrint's; and an editor's browser is a current one
  { ignores: ["plugins/pdf/**", "plugins/*/poster.css", "plugins/convert/**", "plugins/desk/**"] },
  {
    files: ["**/*.css"],
    language: "css/css",
    plugins: { css },
    rules: {
      "css/use-baseline": [
        "error",
        {
          available: 2020,
          allowAtRules: [
            "container", // the layout of a narrow screen
            "page", // the browser's margins
          ],
          allowProperties: [
            "accent-color", // the browser's colour
            "aspect-ratio", // the picture's own
            "clip", // old, known everywhere
            "color-scheme", // light scroll bars
            "container-type",
            "content-visibility", // what is closed stays closed on paper
            "orphans",
            "page", // the same as for :has
            "paint-order", // letters with a thinner halo
            "outline", // known; rounded corners are not
            "scroll-behavior", // turned off only
            "scroll-padding-bottom", // known; logical ones are not
            "text-decoration-thickness", // the browser's
            "text-size-adjust", // with -webkit-
            "text-wrap", // lines that are not balanced
            "widows",
          ],
          allowPropertyValues: {
            "break-after": ["avoid"], // paper is divided anywhere
            "break-before": ["avoid"],
            "overflow-wrap": ["anywhere"], // break-word, as the body has
          },
          allowSelectors: [
            "details-content",
            "focus-visible", // the ring is shown at a click too
            "has", // a wide table stands on an upright sheet
            "highlight", // a class, see sentence_spans.js
            "is", // of the floor's browsers
            "where", // the same
          ],
          allowMediaConditions: [
            "forced-colors", // the colours are forced anyway
            "prefers-contrast", // the reader's own choice
          ],
          allowUnits: ["lh"], // em stands before it
        },
      ],
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2021, sourceType: "module" },
    plugins: { compat },
    settings: {
      browsers: FLOOR,
      // Asked for before they are used; without DecompressionStream a result shows its first words.
      polyfills: ["navigator.connection", "navigator.mediaSession", "MediaMetadata", "Intl.Segmenter", "DecompressionStream"],
    },
    rules: { "compat/compat": "error" },
  },
];
