/**
 * Platform events: what the platform says has happened, checked against the catalogue,
 * logged, and kept for as long as the account wants.
 */
@NullMarked
package dev.belfry.events;

import org.jspecify.annotations.NullMarked;
