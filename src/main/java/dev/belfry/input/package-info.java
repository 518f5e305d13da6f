/**
 * What callers send: how it is read with all that is wrong with it, and the two ways to
 * refuse it.
 */
@NullMarked
package dev.belfry.input;

import org.jspecify.annotations.NullMarked;
