// Debouncing, throttling, polling and backoff.

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

/** Runs `work` every `pause` milliseconds while `element` is visible. */
export function whileSeen(element, pause, work) {
  setInterval(() => {
    if (document.visibilityState === 'visible' && element.checkVisibility()) work();
  }, pause);
}

/** Milliseconds until the next attempt: doubles up to a limit. The jitter spreads the reconnects of many pages. */
export const backoff = (failures) => Math.min(15_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
