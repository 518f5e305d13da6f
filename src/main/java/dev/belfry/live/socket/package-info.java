/** GraphQL over WebSocket, by {@code graphql-transport-ws}. */
@NullMarked
package dev.belfry.live.socket;

import org.jspecify.annotations.NullMarked;
