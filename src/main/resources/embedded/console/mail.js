// The content of an e-mail: as HTML in a sandboxed frame, and as text.

import { el } from './dom.js';

/** Both parts of an e-mail, of which one is shown. `name` is the name of the radio buttons, unique on the page. */
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
 * A frame without scripts and without links that work. Its page has a content security policy that allows the styles of e-mails,
 * which this page's does not. It has the same origin, so that this page can write the e-mail into it and measure its height.
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
