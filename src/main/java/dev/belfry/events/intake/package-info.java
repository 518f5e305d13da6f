/** Takes platform events in, checked against the catalogue. */
@NullMarked
package dev.belfry.events.intake;

import org.jspecify.annotations.NullMarked;
