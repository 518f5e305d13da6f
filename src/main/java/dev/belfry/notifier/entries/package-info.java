/** The entries of both logs, as rules look at them. */
@NullMarked
package dev.belfry.notifier.entries;

import org.jspecify.annotations.NullMarked;
