// What an e-mail says: as HTML, in a frame that lets nothing out, and as text.

import { el } from './dom.js';

/** Both parts of an e-mail, of which one is shown. `name` is that of the choice, and no other on the page may have it. */
export function partsOf({ text, html }, name) {
  const frame = frameOf(html);
  const plain = el('pre', { class: 'plain', tabindex: '0', 'aria-label': 'The e-mail as text', hidden: '' }, text);
  const choice = (label, part, checked) => {
    const radio = el('input', { type: 'radio', name, ...checked });
    radio.addEventListener('change', () => [frame, plain].forEach((each) => (each.hidden = each !== part)));
    return el('label', {}, radio, el('span', {}, label));
  };
  const choices = el('fieldset', { class: 'parts' }, el('legend', { class: 'for-readers' }, 'Show the e-mail as'),
    choice('HTML', frame, { checked: '' }), choice('Text', plain));
  return [choices, frame, plain];
}

/**
 * A frame in which nothing runs and nothing leads away. Its own page comes with a policy that allows the styles of e-mails,
 * which this page's does not; it is of the same origin so that the e-mail can be put there, and measured.
 */
function frameOf(html) {
  const frame = el('iframe', { src: '/console/mail-frame.html', sandbox: 'allow-same-origin', title: 'The e-mail as HTML' });
  frame.addEventListener('load', () => {
    const { documentElement } = frame.contentDocument;
    documentElement.innerHTML = html;
    documentElement.addEventListener('click', (event) => event.preventDefault());
    new ResizeObserver(() => (frame.height = documentElement.offsetHeight)).observe(documentElement);
  });
  return frame;
}
