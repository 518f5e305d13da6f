// Subscriptions over server-sent events that go on, on top of graphql-sse: where a WebSocket does not get through.

import { createClient } from 'graphql-sse';
import { Resuming } from './resume.mjs';

/**
 * `url`: like `https://belfry.example/graphql`. `token`, `onState`, `first`, `cap`: see `Resuming`.
 * `silence`: a stream from which nothing came for so long (milliseconds) is dead; Belfry says something every 15 seconds.
 * What else graphql-sse takes is passed on to it.
 */
export function resumingEvents({ url, token, onState, first, cap, silence = 45_000, ...options }) {
  const subscribe = (payload, sink) => {
    const client = createClient({
      ...options,
      url,
      headers: async () => ({ authorization: await resuming.authorization() }),
      // To try again is the business of `Resuming`.
      retryAttempts: 0,
      fetchFn: async (...request) => watched(await fetch(...request), silence, sink.error),
    });
    return client.subscribe(payload, sink);
  };
  const resuming = new Resuming({ subscribe }, { token, onState, first, cap });
  return {
    subscribe: (request, sink) => resuming.subscribe(request, sink),
    get state() {
      return resuming.state;
    },
  };
}

/** graphql-sse notices neither a stream that has gone silent nor every end of one. */
function watched(response, silence, dead) {
  if (!response.ok) return response;
  let timer;
  const within = (milliseconds, problem) => {
    clearTimeout(timer);
    timer = setTimeout(() => dead(new Error(problem)), milliseconds);
    // A stream that was left is not waited for.
    timer.unref?.();
  };
  const heard = () => within(silence, 'nothing came for too long');
  const watch = new TransformStream({
    start: heard,
    transform(chunk, stream) {
      heard();
      stream.enqueue(chunk);
    },
    flush: () => within(1_000, 'the stream ended'),
  });
  return new Response(response.body.pipeThrough(watch), response);
}
