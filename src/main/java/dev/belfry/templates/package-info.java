/**
 * A safe subset of Mustache over the fields of an event type, for alerts and for Belfry's
 * own e-mails.
 */
@NullMarked
package dev.belfry.templates;

import org.jspecify.annotations.NullMarked;
