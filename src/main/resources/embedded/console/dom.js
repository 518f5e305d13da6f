// Helpers for DOM elements.

/** Makes an element. Strings become text nodes, so text of the server never becomes markup. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') element.addEventListener('click', value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** Gives `parent` exactly these children in this order. An element that is in place is not moved, because it may have the focus. */
export function arrange(parent, elements) {
  for (const child of [...parent.children]) if (!elements.includes(child)) child.remove();
  elements.forEach((element, index) => {
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
}

/** Shows a line in the place of a list: why it is empty, or an error with a button. */
export function showState(place, text, label, onclick) {
  place.hidden = !text;
  place.replaceChildren(text);
  if (label) place.append(' ', el('button', { type: 'button', onclick }, label));
}

let noticeTimer;

/** Shows an error at the foot of the page. */
export function notify(text) {
  const notice = document.getElementById('notice');
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => (notice.hidden = true), 8_000);
}
