/* Pictures, notes and blocks that cannot be changed, as the rich-text view shows them. */
import { element } from "../common.js";

/* desk: what the article's page gives: words, addressOf(path of a picture), editPicture(attributes), editSource(text) */
export const nodeViews = (desk) => ({
  picture: {
    addNodeView() {
      return ({ node, getPos, editor }) => {
        const shown = element("img", { src: desk.addressOf(node.attrs.src || ""), alt: node.attrs.alt || "" });
        const caption = element("span", { className: "caption" }, node.attrs.title || "");
        const button = element("button", { type: "button" }, desk.words.editPicture);
        const dom = element("span", { className: "picture" }, shown, caption, button);
        button.onclick = async () => {
          const attributes = await desk.editPicture(node.attrs);
          if (!attributes) return;
          const { tr } = editor.state;
          editor.view.dispatch(tr.setNodeMarkup(getPos(), null, { ...node.attrs, ...attributes }));
          editor.view.focus();
        };
        return { dom, stopEvent: (event) => event.target === button, ignoreMutation: () => true };
      };
    },
  },
  note: {
    addNodeView() {
      return ({ node }) => {
        const contentDOM = element("div", {});
        const mark = element("span", { className: "mark", contentEditable: "false" }, `${node.attrs.label}`);
        const dom = element("div", { className: "note" }, mark, contentDOM);
        dom.setAttribute("role", "group");
        dom.setAttribute("aria-label", `${desk.words.note} ${node.attrs.label}`);
        return { dom, contentDOM };
      };
    },
  },
  source: {
    addNodeView() {
      return ({ node, getPos, editor }) => {
        const page = element("div", { className: "made", inert: true });
        page.innerHTML = node.attrs.html; // made safe by the desk
        const source = element("pre", { hidden: page.textContent.trim() !== "" }, node.attrs.source);
        const button = element("button", { type: "button" }, desk.words.editSource);
        const dom = element("div", { className: "inert" }, element("p", {}, desk.words.inert), page, source, button);
        dom.setAttribute("role", "group");
        dom.setAttribute("aria-label", desk.words.inert);
        button.onclick = async () => {
          const text = await desk.editSource(node.attrs.source);
          if (text === null) return;
          const nodes = await desk.nodesOf(text);
          editor.view.dispatch(editor.state.tr.replaceWith(getPos(), getPos() + node.nodeSize, nodes));
          editor.view.focus();
        };
        return { dom, stopEvent: (event) => event.target === button, ignoreMutation: () => true };
      };
    },
  },
});
