/** Alerts as they are and were, each ready to be evaluated. */
@NullMarked
package dev.belfry.alerts.rules;

import org.jspecify.annotations.NullMarked;
