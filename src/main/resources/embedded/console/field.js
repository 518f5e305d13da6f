// A control of a form that knows what is saved, and says below itself what is wrong with it.

/** `error` is the place for that; the control refers to it by `aria-describedby`. */
export function newField(control, error) {
  const property = control.type === 'checkbox' ? 'checked' : 'value';
  let saved = control[property];
  control.addEventListener('input', () => complain(''));
  return { value, isChanged, take, settle, undo, complain, isWrong, focus: () => control.focus() };

  function value() {
    const entered = control[property];
    return typeof entered === 'string' ? entered.trim() : entered;
  }

  function isChanged() {
    return value() !== saved;
  }

  /** This is what is saved by now. It is shown unless the person has entered something else. */
  function take(newSaved) {
    const shown = isChanged() ? control[property] : newSaved;
    saved = newSaved;
    control[property] = shown;
  }

  /** This was entered, and is saved by now. */
  function settle(entered) {
    saved = entered;
  }

  function undo() {
    control[property] = saved;
    complain('');
  }

  function complain(message) {
    control.ariaInvalid = message ? 'true' : null;
    error.hidden = !message;
    error.textContent = message && error.textContent ? `${error.textContent} ${message}` : message;
  }

  function isWrong() {
    return !error.hidden;
  }
}
