/* The scripts of the desk, by topic; each does nothing on a page that is not its own. */
import "./article.js";
import "./list.js";
import "./publishing.js";
import "./sheet.js";
import "./suggestions.js";
