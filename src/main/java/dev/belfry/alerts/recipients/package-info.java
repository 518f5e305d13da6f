/**
 * Whom an alert notifies, saved lists among them, and which addresses that gives for an
 * event.
 */
@NullMarked
package dev.belfry.alerts.recipients;

import org.jspecify.annotations.NullMarked;
