/**
 * What a catalogue entry is: event types with fields and personas, operations, global
 * notifications, topics.
 */
@NullMarked
package dev.belfry.catalog.types;

import org.jspecify.annotations.NullMarked;
