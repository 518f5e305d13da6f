// When to do something: after a pause, not too often, or after a failure.

/** Runs `work` once `pause` milliseconds have passed without a further call. */
export function debounced(pause, work) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, pause);
  };
}

/** Runs `work` soon after a call, but at most once in `pause` milliseconds. */
export function throttled(pause, work) {
  let timer;
  let next = 0;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      next = performance.now() + pause;
      work();
    }, next - performance.now());
  };
}

/** Runs `work` every `pause` milliseconds while somebody looks at `element`. */
export function whileSeen(element, pause, work) {
  setInterval(() => {
    if (document.visibilityState === 'visible' && element.checkVisibility()) work();
  }, pause);
}

/** Milliseconds to wait before the next try: doubles up to a cap. The jitter keeps many pages from coming back as one wave. */
export const backoff = (failures) => Math.min(15_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
