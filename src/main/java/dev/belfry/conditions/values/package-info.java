/**
 * One evaluation of a condition: what it looks at, in which form, within which limits.
 */
@NullMarked
package dev.belfry.conditions.values;

import org.jspecify.annotations.NullMarked;
