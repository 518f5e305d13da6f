/**
 * The way into a log: calls of one account go together, one transaction at a time.
 */
@NullMarked
package dev.belfry.log.intake;

import org.jspecify.annotations.NullMarked;
