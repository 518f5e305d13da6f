/** GraphQL over server-sent events, in distinct connections. */
@NullMarked
package dev.belfry.live.sse;

import org.jspecify.annotations.NullMarked;
