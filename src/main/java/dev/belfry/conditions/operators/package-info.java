/** What each operator asks of a value. */
@NullMarked
package dev.belfry.conditions.operators;

import org.jspecify.annotations.NullMarked;
