/** The live connection: how tokens arrive, and how subscriptions begin and end. */
@NullMarked
package dev.belfry.transport;

import org.jspecify.annotations.NullMarked;
