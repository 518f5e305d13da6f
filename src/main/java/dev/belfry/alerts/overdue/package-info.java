/** Jobs that do not complete: what alerts watch, and the timer that notices. */
@NullMarked
package dev.belfry.alerts.overdue;

import org.jspecify.annotations.NullMarked;
