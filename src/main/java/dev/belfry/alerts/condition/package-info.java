/**
 * Conditions: whether an event is one that an alert is about, and why.
 */
@NullMarked
package dev.belfry.alerts.condition;

import org.jspecify.annotations.NullMarked;
