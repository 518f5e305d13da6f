/**
 * A safe subset of Mustache over the fields of an event type, for the texts of e-mails.
 */
@NullMarked
package dev.belfry.templates;

import org.jspecify.annotations.NullMarked;
