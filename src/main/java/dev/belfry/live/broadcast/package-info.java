/** Runs each subscription once for all who may share it. */
@NullMarked
package dev.belfry.live.broadcast;

import org.jspecify.annotations.NullMarked;
