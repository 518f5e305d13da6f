/**
 * The recipients of an alert, recipient lists among them, and their addresses for an
 * event.
 */
@NullMarked
package dev.belfry.alerts.recipients;

import org.jspecify.annotations.NullMarked;
