// The page's few needs of the document.

/** Makes an element. Children that are strings become text nodes, so nothing that the server says can become markup. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') element.addEventListener('click', value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** Makes `parent` hold just these elements in this order, and moves none that is in place: it may have the focus. */
export function arrange(parent, elements) {
  for (const child of [...parent.children]) if (!elements.includes(child)) child.remove();
  elements.forEach((element, index) => {
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
}

/** Shows a line in the place of a list: why it is empty, or what went wrong and what to do about it. */
export function showState(place, text, label, onclick) {
  place.hidden = !text;
  place.replaceChildren(text);
  if (label) place.append(' ', el('button', { type: 'button', onclick }, label));
}

let noticeTimer;

/** Says at the foot of the page that something did not work. */
export function notify(text) {
  const notice = document.getElementById('notice');
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => (notice.hidden = true), 8_000);
}
