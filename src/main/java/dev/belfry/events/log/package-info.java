/** An account's log of platform events, as it is read. */
@NullMarked
package dev.belfry.events.log;

import org.jspecify.annotations.NullMarked;
