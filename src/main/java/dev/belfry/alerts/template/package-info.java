/**
 * The words of alerts: a safe subset of Mustache over the fields of an event type, read
 * once and rendered for each event.
 */
@NullMarked
package dev.belfry.alerts.template;

import org.jspecify.annotations.NullMarked;
