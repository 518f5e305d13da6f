/** Runs an alert over stored entries without sending anything. */
@NullMarked
package dev.belfry.notifier.dryruns;

import org.jspecify.annotations.NullMarked;
