/**
 * The start without configuration: a database of its own, demo accounts, and a demo
 * platform that keeps them busy.
 */
@NullMarked
package dev.belfry.embedded;

import org.jspecify.annotations.NullMarked;
