/** Addresses that get no e-mails: suppressed, unsubscribed, erased. */
@NullMarked
package dev.belfry.delivery.suppression;

import org.jspecify.annotations.NullMarked;
